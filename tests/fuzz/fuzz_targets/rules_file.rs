#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| rules_tests::fuzz::rules_file(input));
