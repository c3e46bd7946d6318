//! The company's form editor: the list of fields, what partners will see, and the properties of the chosen field.

mod column_box;
mod condition_box;
mod condition_model;
mod default_input;
mod default_rules;
mod desk;
mod download;
mod field_list;
mod hidden_fields;
mod hints;
mod history;
mod kind_box;
mod limits_box;
mod model;
mod option_rules;
mod options_model;
mod page;
mod palette;
mod panes;
mod preview;
mod properties;
mod publish;
mod rows_box;
mod rows_model;
mod rule_box;
mod rule_group;
mod rule_model;
mod save_state;
mod server_fns;
mod spot;
mod start;
mod steps;
mod text_prop;
mod traits_box;

pub use page::FormEditorPage;
