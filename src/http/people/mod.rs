//! Who may do what: in one conversation, in a department, on the whole instance.

mod departments;
mod invite;
mod of_conversation;
mod of_instance;
mod rows;

pub(super) use departments::{add_department, assign_conversation, rename_department};
pub(super) use of_conversation::{
    change_role, invite, leave, make_preview_link, remove_person, show_people, withdraw,
};
pub(super) use of_instance::{
    change_role as change_instance_role, invite as invite_to_instance, leave as leave_instance,
    remove_person as remove_from_instance, show_people as show_instance_people,
    withdraw as withdraw_from_instance,
};
pub(super) use rows::place_of;
