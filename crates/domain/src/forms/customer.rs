//! A customer as an answer: one that was chosen, or the name of a business that somebody typed.

use super::{Answer, Context, FieldProblem};
use crate::{CustomerId, customer::fold_business};

/// `id` is what was chosen, `name` what stands in the input. Whoever types another name over a choice means another
/// business: the choice holds while the name is its.
pub(super) fn read_customer(
    name: String,
    id: Option<&str>,
    context: &Context,
) -> Result<Option<Answer>, FieldProblem> {
    if name.is_empty() {
        return Ok(None);
    }
    let Some(id) = id.map(str::trim).filter(|id| !id.is_empty()) else {
        return Ok(Some(Answer::Text(name)));
    };
    let id: CustomerId = id.parse().map_err(|_| FieldProblem::UnknownCustomer)?;
    let Some(known) = &context.customers else {
        return Ok(Some(Answer::Customer { id, name }));
    };
    // Another's customer and one that does not exist are the same to whoever asks.
    let names = || known.iter().filter(|customer| customer.id == id);
    if names().next().is_none() {
        return Err(FieldProblem::UnknownCustomer);
    }
    let folded = fold_business(&name);
    let written = names().find(|customer| customer.name == name);
    let same = written.or_else(|| names().find(|known| fold_business(&known.name) == folded));
    Ok(Some(match same {
        Some(customer) => Answer::Customer {
            id,
            name: customer.name.clone(),
        },
        None => Answer::Text(name),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::KnownCustomer;

    fn id(number: u128) -> CustomerId {
        CustomerId(uuid::Uuid::from_u128(number))
    }

    fn context(customers: Option<Vec<KnownCustomer>>) -> Context {
        Context {
            customers,
            ..Context::on("2026-11-22".parse().unwrap())
        }
    }

    fn acme() -> Vec<KnownCustomer> {
        let name = "Acme Ltd".to_owned();
        vec![KnownCustomer { id: id(1), name }]
    }

    fn read(
        name: &str,
        id: Option<&str>,
        customers: Option<Vec<KnownCustomer>>,
    ) -> Result<Option<Answer>, FieldProblem> {
        read_customer(name.to_owned(), id, &context(customers))
    }

    #[test]
    fn a_choice_holds_while_the_name_is_its() {
        let chosen = id(1).to_string();
        let answer = |name: &str| Answer::Customer {
            id: id(1),
            name: name.to_owned(),
        };
        assert_eq!(
            read("acme", Some(&chosen), Some(acme())),
            Ok(Some(answer("Acme Ltd")))
        );
        assert_eq!(
            read("Zenith", Some(&chosen), Some(acme())),
            Ok(Some(Answer::Text("Zenith".to_owned())))
        );
        assert_eq!(read("", Some(&chosen), Some(acme())), Ok(None));
        // Of several names that are its, the one that is written.
        let names = ["ACME", "Acme"].map(|name| KnownCustomer {
            id: id(1),
            name: name.to_owned(),
        });
        let several = Some(names.to_vec());
        assert_eq!(
            read("Acme", Some(&chosen), several),
            Ok(Some(answer("Acme")))
        );
        assert_eq!(
            read("Acme", None, Some(acme())),
            Ok(Some(Answer::Text("Acme".to_owned())))
        );
        assert_eq!(
            read("Acme", Some(" "), Some(acme())),
            Ok(Some(Answer::Text("Acme".to_owned())))
        );
        // The browser does not know who may know whom.
        assert_eq!(read("Acme", Some(&chosen), None), Ok(Some(answer("Acme"))));
    }

    #[test]
    fn who_is_not_known_cannot_be_chosen() {
        let other = id(2).to_string();
        for (id, customers) in [
            (other.as_str(), Some(acme())),
            (other.as_str(), Some(Vec::new())),
            ("acme", Some(acme())),
            ("acme", None),
        ] {
            assert_eq!(
                read("Acme Ltd", Some(id), customers),
                Err(FieldProblem::UnknownCustomer)
            );
        }
    }
}
