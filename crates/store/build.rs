//! The migrations are embedded at compile time; cargo must look at the folder to notice a new one.
fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
