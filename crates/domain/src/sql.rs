//! How domain values are bound and read, the same on both engines (feature `sql`).

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Encode, Type};

use crate::webhooks::EventPicker;
use crate::{Currency, Date};

macro_rules! as_text {
    ($type:ty, $read:expr) => {
        impl<DB: Database> Type<DB> for $type
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

        impl<'q, DB: Database> Encode<'q, DB> for $type
        where
            String: Encode<'q, DB>,
        {
            fn encode_by_ref(&self, buf: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                self.to_string().encode_by_ref(buf)
            }
        }

        impl<'r, DB: Database> Decode<'r, DB> for $type
        where
            &'r str: Decode<'r, DB>,
        {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
                let text = <&'r str as Decode<'r, DB>>::decode(value)?;
                let read: fn(&str) -> Result<$type, BoxDynError> = $read;
                read(text)
            }
        }
    };
}

as_text!(Date, |text| text.parse().map_err(Into::into));
as_text!(Currency, |text| text.parse().map_err(Into::into));
as_text!(EventPicker, |text| text.parse().map_err(Into::into));
