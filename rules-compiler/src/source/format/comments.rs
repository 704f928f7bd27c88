//! Comments, which no YAML parser tells: everything from `#` to the line's end outside of scalars.

use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment {
    /// Without the line break and the white space before it.
    pub range: Range<usize>,
    /// Nothing but white space stands before it in its line.
    pub own_line: bool,
}

/// All comments of a text with scalars at these places, in order.
pub(super) fn scan(text: &str, scalars: &[Range<usize>]) -> Vec<Comment> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut scalars: Vec<_> = scalars.iter().filter(|range| !range.is_empty()).cloned().collect();
    scalars.sort_by_key(|range| range.start);
    for scalar in scalars {
        scan_gap(text, from..scalar.start.max(from), &mut found);
        from = from.max(scalar.end);
    }
    scan_gap(text, from..text.len(), &mut found);
    found
}

/// Between two scalars.
fn scan_gap(text: &str, gap: Range<usize>, found: &mut Vec<Comment>) {
    let mut at = gap.start;
    while let Some(hash) = text[at..gap.end].find('#').map(|found| at + found) {
        let end = text[hash..gap.end].find('\n').map_or(gap.end, |length| hash + length);
        let trimmed = hash + text[hash..end].trim_end().len();
        let line = text[..hash].rfind('\n').map_or(0, |newline| newline + 1);
        found.push(Comment { range: hash..trimmed, own_line: text[line..hash].trim().is_empty() });
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::scan;

    #[test]
    fn what_is_in_a_scalar_is_no_comment() {
        let text = "# one\r\na: \"# no\" # two\n  # three\nb: x#y\n";
        let scalars = [(0, 0), (7, 8), (10, 16), (33, 34), (36, 39)].map(|(start, end)| start..end);
        let found = scan(text, &scalars);
        let found: Vec<_> = found.iter().map(|found| (&text[found.range.clone()], found.own_line)).collect();
        assert_eq!(found, [("# one", true), ("# two", false), ("# three", true)]);
    }
}
