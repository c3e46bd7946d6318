//! Splitting the wasm into chunks needs the linker's relocations. Asked for here and not through
//! RUSTFLAGS, which would rebuild every dependency.

fn main() {
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
        // Hydration descends through every component of a page; the usual 1 MiB is not enough for a dev build.
        println!("cargo::rustc-link-arg-cdylib=-zstack-size=4194304");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
