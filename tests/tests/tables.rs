//! `.rules` files: they judge as the built-in tables do, and no damaged one is loaded, or else none that panics.

use rules_runtime::container::{FORMAT_VERSION, HEADER, MAGIC, Section, hash};
use rules_runtime::{LoadError, Tables};
use rules_tests::answer::Answer;
use rules_tests::project::{examples, output};
use rules_tests::random::Random;

fn bytes() -> &'static [u8] {
    &output().rules_file
}

fn tables() -> Tables<'static> {
    Tables::from_bytes(bytes()).expect("a .rules file as the compiler writes it")
}

/// Where a section starts, and where it ends.
fn range(file: &[u8], section: Section) -> (usize, usize) {
    let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().expect("four bytes")) as usize;
    let entry = HEADER + 8 * section as usize;
    (number(entry), number(entry) + number(entry + 4))
}

/// States the hash that the contents have, so that only what is checked behind it can refuse them.
fn seal(file: &mut [u8]) {
    let seal = hash(&file[HEADER..]);
    file[16..24].copy_from_slice(&seal.to_le_bytes());
}

#[test]
fn a_file_judges_as_the_tables_that_are_compiled_in() {
    let (tables, builtin) = (tables(), rules_runtime::builtin());
    assert_eq!(tables.rule_ids().collect::<Vec<_>>(), builtin.rule_ids().collect::<Vec<_>>());
    assert_eq!(tables.rule_count(), builtin.rule_count());
    assert_eq!(tables.provider_count(), builtin.provider_count());
    assert!(!tables.version().is_empty());
    let all = examples();
    assert!(all.len() > 500, "{} examples", all.len());
    for example in &all {
        let reply = example.text.as_bytes();
        let (loaded, compiled) = (example.judge(&tables, reply), example.judge(builtin, reply));
        assert_eq!(Answer::of(&loaded), Answer::of(&compiled), "{}", example.text);
        let (loaded, compiled) = (loaded.rule().expect("a rule"), compiled.rule().expect("a rule"));
        assert_eq!(loaded.id(), example.rule, "{}", example.text);
        assert_eq!(loaded.docs_path(), compiled.docs_path());
        assert_eq!(loaded.explanation(), compiled.explanation());
        assert!(!loaded.explanation().is_empty(), "{}", example.rule);
        let owner = |rule: rules_runtime::Rule<'_>| {
            rule.owner().map(|owner| (owner.id().to_owned(), owner.name().to_owned(), owner.kind()))
        };
        assert_eq!(owner(loaded), owner(compiled));
    }
}

#[test]
fn it_does_not_matter_where_the_bytes_stand() {
    for offset in 1..8 {
        let mut shifted = vec![0; offset];
        shifted.extend(bytes());
        assert!(Tables::from_bytes(&shifted[offset..]).is_ok());
    }
}

#[test]
fn foreign_files() {
    for file in [
        &b""[..],
        b"S",
        b"SMTPRUL",
        b"smtprule",
        b"\x7fELF\x02\x01\x01",
        b"PK\x03\x04",
        b"{\"rules\": []}",
        b"rules:\n",
        &[0; 4096],
    ] {
        assert_eq!(Tables::from_bytes(file).unwrap_err(), LoadError::Foreign, "{}", file.escape_ascii());
    }
    for length in MAGIC.len()..HEADER + 8 * Section::ALL.len() {
        assert!(Tables::from_bytes(&bytes()[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn another_version() {
    for version in [0, FORMAT_VERSION + 1, 2000, u32::MAX] {
        let mut file = bytes().to_vec();
        file[8..12].copy_from_slice(&version.to_le_bytes());
        seal(&mut file);
        assert_eq!(Tables::from_bytes(&file).unwrap_err(), LoadError::Version { found: version });
    }
}

#[test]
fn other_categories() {
    let mut file = bytes().to_vec();
    let (start, _) = range(&file, Section::Categories);
    file[start] = b'X';
    seal(&mut file);
    assert_eq!(Tables::from_bytes(&file).unwrap_err(), LoadError::Categories);
}

#[test]
fn a_file_that_ends_too_early() {
    let file = bytes();
    let mut random = Random::new(1);
    let sampled = (0..600).map(|_| random.below(file.len()));
    for length in (0..400).chain(file.len() - 400..file.len()).chain(sampled) {
        let error = Tables::from_bytes(&file[..length]).expect_err("a file that ends too early");
        assert!(!error.to_string().is_empty());
    }
    let longer = [file, b"\0"].concat();
    assert_eq!(Tables::from_bytes(&longer).unwrap_err(), LoadError::Damaged);
}

#[test]
fn any_bit_that_flips() {
    let mut file = bytes().to_vec();
    let mut random = Random::new(2);
    let header = (0..(HEADER + 8 * Section::ALL.len()) * 8).collect::<Vec<_>>();
    let sampled: Vec<usize> = (0..700).map(|_| random.below(bytes().len() * 8)).collect();
    for bit in header.into_iter().chain(sampled) {
        file[bit / 8] ^= 1 << (bit % 8);
        assert!(Tables::from_bytes(&file).is_err(), "bit {bit} flipped and nobody saw it");
        file[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(Tables::from_bytes(&file).is_ok());
}

/// Changes a file somewhere: a bit, a byte, or a number set to something extreme.
fn mutate(file: &mut [u8], section: Section, random: &mut Random) {
    let (start, end) = range(bytes(), section);
    if start == end {
        return;
    }
    let at = start + random.below(end - start);
    match random.below(4) {
        0 => file[at] ^= 1 << random.below(8),
        1 => file[at] = [0, 1, 0x7F, 0x80, 0xFF][random.below(5)],
        2 => file[at] = random.below(256) as u8,
        _ => {
            let value = [0, 1, u32::MAX, u32::MAX >> 1, 1 << 16, random.below(1 << 20) as u32][random.below(6)];
            let bytes = value.to_le_bytes();
            let end = end.min(at + 4);
            file[at..end].copy_from_slice(&bytes[..end - at]);
        }
    }
}

#[test]
fn a_forged_file_is_refused_or_at_least_harmless() {
    let all = examples();
    let mut random = Random::new(3);
    let (mut refused, mut loaded) = (0, 0);
    let mut file = bytes().to_vec();
    for round in 0..15 {
        for section in Section::ALL {
            file.copy_from_slice(bytes());
            for _ in 0..=random.below(4) {
                mutate(&mut file, section, &mut random);
            }
            seal(&mut file);
            match Tables::from_bytes(&file) {
                Err(_) => refused += 1,
                Ok(tables) => {
                    loaded += 1;
                    harmless(&tables, &all, &mut random, round);
                }
            }
        }
    }
    println!("{refused} refused, {loaded} loaded");
    assert!(refused > 100, "only {refused} refused");
    assert!(loaded > 100, "only {loaded} loaded, so that the engine was hardly tried");
}

/// Judges some replies; only a panic is a mistake.
fn harmless(tables: &Tables<'_>, all: &[rules_tests::project::Example], random: &mut Random, round: usize) {
    tables.rule_ids().for_each(drop);
    let _ = (tables.version(), tables.rule_count(), tables.provider_count());
    for step in 0..25 {
        let example = &all[if step == 0 { round % all.len() } else { random.below(all.len()) }];
        let verdict = example.judge(tables, example.text.as_bytes());
        let _ = format!("{verdict:?} {:?}", Answer::of(&verdict));
        if let Some(rule) = verdict.rule() {
            let _ = (rule.id(), rule.docs_path(), rule.explanation(), rule.owner());
        }
    }
}

#[test]
fn a_forged_directory_is_refused() {
    let mut random = Random::new(4);
    let mut file = bytes().to_vec();
    for section in Section::ALL {
        for part in [0, 4] {
            for value in [
                u32::MAX,
                u32::MAX - 7,
                bytes().len() as u32 + 1,
                1 << 31,
                random.below(1 << 30) as u32 + bytes().len() as u32,
            ] {
                file.copy_from_slice(bytes());
                let at = HEADER + 8 * section as usize + part;
                file[at..at + 4].copy_from_slice(&value.to_le_bytes());
                seal(&mut file);
                assert!(Tables::from_bytes(&file).is_err(), "{section:?} {part} {value}");
            }
        }
    }
}
