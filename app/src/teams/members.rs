use domain::views::MemberView;
use leptos::prelude::*;

use crate::ui::{Avatar, Button, Choice, ConfirmButton, Shown, Time};

/// The people of a team. `forms` builds the two forms at a row's end for those who may edit.
#[component]
pub fn Members(
    members: Vec<MemberView>,
    roles: Vec<Choice>,
    forms: Option<Callback<(MemberView, Vec<Choice>), AnyView>>,
) -> impl IntoView {
    let rows = members
        .into_iter()
        .map(|member| {
            let label = roles.iter().find(|role| role.value == member.role).map(|role| role.label.clone());
            let side = match forms {
                Some(forms) => forms.run((member.clone(), roles.clone())),
                None => view! { <span class="muted">{label.unwrap_or_default()}</span> }.into_any(),
            };
            view! {
                <li class="rows__row">
                    <div class="rows__main person">
                        <Avatar name=member.name.clone()/>
                        <div class="clip">
                            <p class="person__name">{member.name}</p>
                            <p class="person__more">{member.email} ", since " <Time at=member.since shown=Shown::Date/></p>
                        </div>
                    </div>
                    <div class="rows__side cluster">{side}</div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }
}

/// The select and button that change a role; it stands inside the form that posts them.
#[component]
pub fn RoleFields(member: MemberView, roles: Vec<Choice>) -> impl IntoView {
    let label = format!("Role of {}", member.name);
    let options = roles
        .into_iter()
        .map(|role| {
            let selected = role.value == member.role;
            view! { <option value=role.value selected=selected>{role.label}</option> }
        })
        .collect_view();
    view! {
        <input type="hidden" name="user" value=member.user.to_string()/>
        <span class="cluster">
            <select class="input" name="role" aria-label=label>{options}</select>
            <Button kind="submit" small=true label=format!("Change the role of {}", member.name)>"Change"</Button>
        </span>
    }
}

#[component]
pub fn RemoveFields(member: MemberView) -> impl IntoView {
    let id = format!("remove-{}", member.user);
    let label = format!("Remove {}", member.name);
    let question = format!(
        "{} can no longer see or do anything in this team. What they did stays in the histories.",
        member.name
    );
    view! {
        <input type="hidden" name="user" value=member.user.to_string()/>
        <ConfirmButton id verb="Remove" label question/>
    }
}
