//! Numbers, as people write them in each language: 225,524 and 225.524 and ٢٢٥٬٥٢٤.

use std::cell::OnceCell;

use fixed_decimal::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};

use super::locale::Locale;

/// How a number is written.
#[derive(Clone, Copy)]
enum Grouping {
    /// 12,345: an amount.
    Thousands,
    /// 12345: a number that names something.
    None,
}

type Formatters = [[OnceCell<Option<DecimalFormatter>>; 2]; Locale::ALL.len()];

thread_local! {
    // The data of a formatter is not shared between threads.
    static FORMATTERS: Formatters = const { [const { [const { OnceCell::new() }; 2] }; Locale::ALL.len()] };
}

/// An amount: with marks between thousands.
pub(super) fn amount(locale: Locale, number: i64) -> String {
    write(locale, number, Grouping::Thousands)
}

/// The digits of a text, such as a time of day, as this language writes them.
pub(super) fn digits(locale: Locale, text: &str) -> String {
    let written = |c: char| match c.to_digit(10) {
        Some(digit) => name(locale, digit.into()),
        None => c.to_string(),
    };
    text.chars().map(written).collect()
}

/// A number that names something, such as a statement: without marks.
pub(super) fn name(locale: Locale, number: i64) -> String {
    write(locale, number, Grouping::None)
}

fn write(locale: Locale, number: i64, grouping: Grouping) -> String {
    let written = FORMATTERS.with(|all| {
        let of_locale = all.get(locale.place())?;
        let formatter = of_locale[grouping as usize].get_or_init(|| formatter(locale, grouping)).as_ref()?;
        Some(formatter.format(&Decimal::from(number)).to_string())
    });
    written.unwrap_or_else(|| number.to_string())
}

fn formatter(locale: Locale, grouping: Grouping) -> Option<DecimalFormatter> {
    let locale: icu_locale_core::Locale = locale.page_tag().parse().ok()?;
    let mut options = DecimalFormatterOptions::default();
    options.grouping_strategy = Some(match grouping {
        Grouping::Thousands => GroupingStrategy::Always,
        Grouping::None => GroupingStrategy::Never,
    });
    DecimalFormatter::try_new(DecimalFormatterPreferences::from(&locale), options).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_and_names_are_not() {
        assert_eq!(amount(Locale::English, 225_524), "225,524");
        assert_eq!(amount(Locale::German, 2_031), "2.031");
        assert_eq!(amount(Locale::English, -999), "-999");
        assert_eq!(amount(Locale::French, 2_031), "2\u{202f}031");
        assert_eq!(amount(Locale::Arabic, 225_524), "٢٢٥٬٥٢٤");
        assert_eq!(name(Locale::English, 225_524), "225524");
        assert_eq!((name(Locale::Arabic, 12), digits(Locale::Arabic, "9:05")), ("١٢".into(), "٩:٠٥".into()));
        let percent = |locale| crate::texts::Texts::of(locale).percent(84_u32);
        assert_eq!(
            [Locale::English, Locale::German, Locale::Arabic].map(percent),
            ["84%", "84\u{a0}%", "٨٤٪"]
        );
    }
}
