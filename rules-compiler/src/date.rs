//! Days, as in `checked: 2026-11-23`.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u16,
    day: u16,
}

impl Date {
    /// Reads `2026-11-23`; `None` where it is written otherwise or no such day exists.
    ///
    /// ```
    /// use rules_compiler::date::Date;
    ///
    /// assert!(Date::parse("2024-02-29").is_some());
    /// assert!(Date::parse("2025-02-29").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts.as_slice() else { return None };
        let number = |text: &str, digits: usize| {
            let form = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
            form.then(|| text.parse::<u16>().ok()).flatten()
        };
        let date = Self { year: number(year, 4)?, month: number(month, 2)?, day: number(day, 2)? };
        (1..=days(date.year, date.month)).contains(&date.day).then_some(date)
    }

    /// Reads a day that is written in another of the usual ways, and whether it can be read in one way only.
    ///
    /// ```
    /// use rules_compiler::date::Date;
    ///
    /// let read = |text| Date::parse_loosely(text).map(|(date, is_certain)| (date.to_string(), is_certain));
    /// assert_eq!(read("2026-1-3"), Some(("2026-01-03".to_owned(), true)));
    /// assert_eq!(read("23.11.2026"), Some(("2026-11-23".to_owned(), true)));
    /// assert_eq!(read("11/12/2026"), None);
    /// assert_eq!(read("2026-11-23T10:00:00Z"), Some(("2026-11-23".to_owned(), false)));
    /// ```
    #[must_use]
    pub fn parse_loosely(text: &str) -> Option<(Self, bool)> {
        let text = text.trim();
        let (day, rest) = text.split_at(text.find(['T', ' ']).unwrap_or(text.len()));
        let mark = day.chars().find(|c| !c.is_ascii_digit())?;
        let numbers: Vec<&str> = day.split(mark).collect();
        let [first, second, third] = numbers.as_slice() else { return None };
        let date = |year: &str, month: &str, day: &str| Self::parse(&format!("{year}-{month:0>2}-{day:0>2}"));
        let found = match mark {
            '-' | '/' | '.' if first.len() == 4 => date(first, second, third),
            '.' => date(third, second, first),
            '/' | '-' => match (date(third, first, second), date(third, second, first)) {
                (Some(one), Some(other)) if one != other => None,
                (one, other) => one.or(other),
            },
            _ => None,
        };
        found.map(|date| (date, rest.is_empty()))
    }

    /// The day it is by this machine's clock, in UTC; 1970-01-01 where the clock stands before that.
    #[must_use]
    pub fn today() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let mut date = Self { year: 1970, month: 1, day: 1 };
        let mut left = seconds / 86_400;
        while left >= u64::from(days(date.year, date.month)) && date.year < 9999 {
            left -= u64::from(days(date.year, date.month));
            (date.year, date.month) = if date.month == 12 { (date.year + 1, 1) } else { (date.year, date.month + 1) };
        }
        date.day += u16::try_from(left).unwrap_or(0);
        date
    }

    /// The same day some years before; 29 February becomes the 28th.
    #[must_use]
    pub fn years_before(self, years: u16) -> Self {
        let year = self.year.saturating_sub(years);
        Self { year, day: self.day.min(days(year, self.month)), ..self }
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self { day, .. } if day < days(self.year, self.month) => Self { day: day + 1, ..self },
            Self { month: 12, year, .. } => Self { year: year + 1, month: 1, day: 1 },
            Self { month, .. } => Self { month: month + 1, day: 1, ..self },
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days(year: u16, month: u16) -> u16 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u16::from(leap),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a day")
    }

    #[test]
    fn dates_are_real_days() {
        for text in ["2026-11-23", "2024-02-29", "2000-02-29"] {
            assert_eq!(date(text).to_string(), text);
        }
        for text in
            ["2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-2", "23.11.2026", "", "2026-11-23 "]
        {
            assert!(Date::parse(text).is_none(), "{text}");
        }
        assert!(Date::today() > date("2025-01-01"));
    }

    #[test]
    fn days_before_and_after() {
        assert_eq!(date("2024-02-29").years_before(2), date("2022-02-28"));
        assert_eq!(date("2024-02-28").next(), date("2024-02-29"));
        assert_eq!(date("2025-12-31").next(), date("2026-01-01"));
        assert_eq!(date("2025-04-30").next(), date("2025-05-01"));
    }
}
