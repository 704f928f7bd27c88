//! The replies of the page about code 421, for `rules classify --input json`: one a line, with the host where one is needed.

use rules_tests::page;
use serde_json::json;

fn main() {
    for reply in &page::REPLIES {
        println!("{}", json!({ "text": reply.as_published().wire.line(), "mx": reply.mx }));
    }
}
