//! The fuzz targets, each on as many inputs as take a second or two, the same in every run.
//!
//! `FUZZ_CASES=1000000 cargo test --release -p rules-tests --test fuzz` tries more; `FUZZ_SEED` tries others.

use rules_tests::fuzz;

#[test]
fn any_bytes_as_a_reply() {
    fuzz::run(2_000, &[], fuzz::reply);
}

#[test]
fn the_engine_and_the_oracle() {
    fuzz::run(150, &[], fuzz::oracle);
}

#[test]
fn rules_files_with_something_changed() {
    fuzz::run(1_000, &[], fuzz::rules_file);
}

#[test]
fn catalogues_with_something_changed() {
    // A fix of several lines that the renderer could not draw.
    fuzz::run(150, &[3615], fuzz::catalogue);
}
