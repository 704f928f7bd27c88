//! JSON Schemas of the catalogue's files, made from the types that the files are read into.
//!
//! They are for editors: keys and names are completed, descriptions shown, mistakes underlined while somebody types.
//! What they cannot see (references between files, templates, who wins) is left to `rules check`.

pub mod forms;
mod tidy;

use crate::catalogue::{Category, EnhancedClass, EnhancedCode, EnhancedSubject, FileKind, Language, Located};
use crate::catalogue::{Moved, Provider, ReplyCode};
use crate::emit::File;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};
use std::path::Path;

/// What a reply can mean.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct CategoriesFile {
    /// The categories, in the order in which they are shown.
    categories: Vec<Category>,
}

/// The registry of enhanced status codes.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct EnhancedFile {
    /// What the first number means.
    classes: Vec<EnhancedClass>,
    /// What the second number means.
    subjects: Vec<EnhancedSubject>,
    /// The registered codes.
    codes: Vec<EnhancedCode>,
}

/// `moved.yaml`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its shape is used")]
struct MovedFile {
    /// The rules that were renamed or withdrawn.
    moved: Vec<Moved>,
}

/// The schema of a kind of file.
#[must_use]
pub fn of(kind: FileKind) -> Schema {
    // Draft 7 is what editors know best; without references, each key keeps its own description.
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    let generator = settings.with_transform(tidy::tidy).into_generator();
    match kind {
        FileKind::Categories => generator.into_root_schema_for::<CategoriesFile>(),
        FileKind::Code => generator.into_root_schema_for::<ReplyCode>(),
        FileKind::Enhanced => generator.into_root_schema_for::<EnhancedFile>(),
        FileKind::Phrases => generator.into_root_schema_for::<Language>(),
        FileKind::Provider => generator.into_root_schema_for::<Provider>(),
        FileKind::Moved => generator.into_root_schema_for::<MovedFile>(),
    }
}

/// The schemas as files below the folder of a catalogue. Where a category is asked for, they offer these.
#[must_use]
pub fn files(catalogue: &Path, categories: &[Located<Category>]) -> Vec<File> {
    let names: Vec<Value> = categories.iter().map(|category| offer(&category.value)).collect();
    let file = |kind: FileKind| {
        let mut schema = of(kind).to_value();
        if kind != FileKind::Categories {
            name_categories(&mut schema, &names);
        }
        File::text(catalogue.join("schema").join(kind.schema()), format!("{schema:#}\n"))
    };
    FileKind::ALL.map(file).into()
}

fn offer(category: &Category) -> Value {
    json!({"const": category.id, "title": category.title, "description": category.explanation})
}

/// Limits every key `category` to the names that exist.
fn name_categories(schema: &mut Value, names: &[Value]) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::Object(category) if key == "category" && !names.is_empty() => {
                        category.shift_remove("pattern");
                        category.shift_remove("patternErrorMessage");
                        category.insert("oneOf".to_owned(), names.into());
                    }
                    value => name_categories(value, names),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| name_categories(element, names)),
        _ => {}
    }
}
