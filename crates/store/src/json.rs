use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Database, Decode, Encode, Type, encode::IsNull, error::BoxDynError};
use std::borrow::Cow;

/// A value stored as JSON in a TEXT column: the same bytes on both engines, as the events' hashes need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JsonText<T>(pub T);

/// A unit-variant enum stored in a TEXT column under its serde name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EnumText<T>(pub T);

macro_rules! as_text {
    ($wrapper:ident, $write:path, $read:path) => {
        impl<T, DB: Database> Type<DB> for $wrapper<T>
        where
            String: Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <String as Type<DB>>::type_info()
            }

            fn compatible(ty: &DB::TypeInfo) -> bool {
                <String as Type<DB>>::compatible(ty)
            }
        }

        impl<'q, T: Serialize, DB: Database> Encode<'q, DB> for $wrapper<T>
        where
            String: Encode<'q, DB>,
        {
            fn encode_by_ref(&self, buf: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                <String as Encode<'q, DB>>::encode($write(&self.0)?, buf)
            }
        }

        impl<'r, T: DeserializeOwned, DB: Database> Decode<'r, DB> for $wrapper<T>
        where
            &'r str: Decode<'r, DB>,
        {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
                $read(<&str as Decode<'r, DB>>::decode(value)?).map($wrapper)
            }
        }
    };
}

fn write_json<T: Serialize>(value: &T) -> Result<String, BoxDynError> {
    Ok(serde_json::to_string(value)?)
}

fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, BoxDynError> {
    Ok(serde_json::from_str(text)?)
}

fn write_name<T: Serialize>(value: &T) -> Result<String, BoxDynError> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(name) => Ok(name),
        _ => Err("an enum with data has no name to store".into()),
    }
}

fn read_name<T: DeserializeOwned>(text: &str) -> Result<T, BoxDynError> {
    let name = Cow::Borrowed(text);
    let name = serde::de::value::CowStrDeserializer::<serde::de::value::Error>::new(name);
    Ok(T::deserialize(name)?)
}

as_text!(JsonText, write_json, read_json);
as_text!(EnumText, write_name, read_name);
