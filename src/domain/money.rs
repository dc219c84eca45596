//! Amounts of money and of time, exact: nothing here is a floating-point number.
//!
//! It knows how people write amounts ("1,250.00", "£14.50", "2h30") and how to say them back; it converts no currency.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in the smallest unit of its currency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The amount in the smallest unit: pence, cents. May be negative, for money that went back.
    pub minor: i64,
    /// The currency as its three capital letters after ISO 4217: `GBP`.
    pub currency: String,
}

/// Why words are no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// There is no number in it.
    #[error("Write an amount in figures, such as 1,250.00 or £40.")]
    NoNumber,
    /// It could be read in two ways, or the figures do not stand as figures do.
    #[error("Write the amount with a point before the pence, such as 1,250.00.")]
    Unclear,
    /// It names no currency that is known, or two of them.
    #[error("Write one currency, by its sign or its three letters: £40 or 40 EUR.")]
    Currency,
    /// It has more places than the currency has.
    #[error("{currency} has {places} places after the point.")]
    TooFine {
        /// The currency.
        currency: String,
        /// How many places it has.
        places: usize,
    },
    /// It is larger than can be kept.
    #[error("That is more than can be kept here.")]
    TooLarge,
    /// A time that is not one.
    #[error("Write a time such as 2h30, 2.5 or 45 min.")]
    NoTime,
}

/// Signs that people write, and the currency that they mean.
const SIGNS: [(&str, &str); 4] = [("£", "GBP"), ("€", "EUR"), ("$", "USD"), ("¥", "JPY")];
/// The currencies of ISO 4217 that money is paid in.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
                     CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD \
                     GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD \
                     KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO \
                     NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE \
                     SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND \
                     VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";
/// Currencies without a smaller unit.
const WHOLE: [&str; 8] = ["JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XOF", "XAF"];
/// Currencies with a thousand smaller units.
const THOUSANDTHS: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// How many places a currency has after the point.
fn places(currency: &str) -> usize {
    match currency {
        _ if WHOLE.contains(&currency) => 0,
        _ if THOUSANDTHS.contains(&currency) => 3,
        _ => 2,
    }
}

impl Money {
    /// An amount in pence, cents or the like.
    pub fn new(minor: i64, currency: impl Into<String>) -> Self {
        Self { minor, currency: currency.into() }
    }

    /// Reads an amount as people write it: `1,250.00`, `1 250`, `-14.50`, `£40`, `EUR 20`, `20 eur`. `usual` is the
    /// currency where none is written.
    ///
    /// # Errors
    /// [`AmountError`], in words that say what to write.
    pub fn read(words: &str, usual: &str) -> Result<Self, AmountError> {
        let words = words.trim().replace('\u{2212}', "-");
        if !words.contains(|c: char| c.is_ascii_digit()) {
            return Err(AmountError::NoNumber);
        }
        let (rest, currency) = without_currency(&words, usual)?;
        let (negative, figures) = match rest.strip_prefix('-') {
            Some(figures) => (true, figures),
            None => (false, rest.strip_prefix('+').unwrap_or(&rest)),
        };
        let (whole, parts) = split(figures.trim())?;
        let places = places(&currency);
        if parts.len() > places {
            return Err(AmountError::TooFine { currency, places });
        }
        let minor = format!("{}{whole}{parts:0<places$}", if negative { "-" } else { "" });
        let minor = minor.parse().map_err(|_| AmountError::TooLarge)?;
        Ok(Self { minor, currency })
    }

    /// The amount without its currency: `1,250.00`.
    pub fn figures(&self) -> String {
        figures(i128::from(self.minor), &self.currency)
    }
}

/// The figures without the currency beside them, and the currency; the usual one where none is written.
fn without_currency(words: &str, usual: &str) -> Result<(String, String), AmountError> {
    let signs: Vec<(&str, &str)> = SIGNS.into_iter().filter(|(sign, _)| words.contains(sign)).collect();
    let letters: Vec<&str> =
        words.split(|c: char| !c.is_ascii_alphabetic()).filter(|run| !run.is_empty()).collect();
    let (written, code) = match (signs.as_slice(), letters.as_slice()) {
        ([], []) => return Ok((words.to_owned(), usual.to_owned())),
        ([(sign, code)], []) => (*sign, (*code).to_owned()),
        ([], [run]) if run.len() == 3 => (*run, run.to_ascii_uppercase()),
        ([], _) => return Err(AmountError::NoNumber),
        _ => return Err(AmountError::Currency),
    };
    if !CODES.split(' ').any(|known| known == code) {
        return Err(AmountError::Currency);
    }
    let (before, after) = words.split_once(written).unwrap_or((words, ""));
    let (before, after) = (before.trim(), after.trim());
    // it stands before the figures or after them: 1€50 is no amount that is sure to be understood
    let has_figures = |part: &str| part.contains(|c: char| c.is_ascii_digit());
    if has_figures(before) && has_figures(after) {
        return Err(AmountError::Unclear);
    }
    Ok((format!("{before}{after}"), code))
}

/// The figures before and after the point. Groups of three may be set apart by commas, points, blanks or apostrophes, by
/// the same all through and by another than what stands before the pence.
fn split(figures: &str) -> Result<(String, &str), AmountError> {
    let (whole, parts, mark) = match figures.rfind(['.', ',']) {
        None => (figures, "", None),
        Some(at) => {
            let (whole, rest) = figures.split_at_checked(at).ok_or(AmountError::Unclear)?;
            let mark = if rest.starts_with(',') { ',' } else { '.' };
            let parts = rest.get(1..).unwrap_or("");
            // one comma with three figures after it sets thousands apart: 1,250
            let alone = !whole.contains(|c: char| is_apart(c) && c != mark);
            let thousands = parts.len() == 3 && alone && (mark == ',' || whole.contains(mark));
            if thousands { (figures, "", None) } else { (whole, parts, Some(mark)) }
        }
    };
    let apart: Vec<char> = whole.chars().filter(|c| is_apart(*c)).map(plain).collect();
    let one_kind = apart.iter().all(|c| apart.first() == Some(c) && mark != Some(*c));
    let groups: Vec<&str> = whole.split(is_apart).collect();
    let grouped = groups.len() == 1
        || (groups.iter().skip(1).all(|group| group.len() == 3)
            && groups.first().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0')));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !one_kind || !grouped || !groups.iter().all(|group| digits(group)) || !digits(parts) {
        return Err(AmountError::Unclear);
    }
    let whole = groups.concat();
    Ok((if whole.is_empty() { "0".to_owned() } else { whole }, parts))
}

/// Whether a sign sets groups of figures apart.
fn is_apart(sign: char) -> bool {
    matches!(sign, '.' | ',' | '\'' | '\u{2019}') || sign.is_whitespace()
}

/// Blanks of any width are the same, and so are apostrophes of any shape.
fn plain(sign: char) -> char {
    match sign {
        '\u{2019}' => '\'',
        sign if sign.is_whitespace() => ' ',
        sign => sign,
    }
}

fn figures(minor: i128, currency: &str) -> String {
    let places = places(currency);
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = places + 1);
    let (whole, parts) = digits.split_at_checked(digits.len() - places).unwrap_or((&digits, ""));
    let mut said = if minor < 0 { "-".to_owned() } else { String::new() };
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    if places > 0 {
        said.push('.');
        said.push_str(parts);
    }
    said
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        say(i128::from(self.minor), &self.currency, f)
    }
}

/// "£1,250.00" where the currency has a sign that is its own, "1,250.00 SEK" otherwise.
fn say(minor: i128, currency: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let words = figures(minor, currency);
    match SIGNS.iter().find(|(_, code)| *code == currency) {
        Some((sign, _)) if minor < 0 => write!(f, "-{sign}{}", words.trim_start_matches('-')),
        Some((sign, _)) => write!(f, "{sign}{words}"),
        None => write!(f, "{words} {currency}"),
    }
}

/// The sum of amounts, by currency. It cannot overflow: it is wider than what is summed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sum(BTreeMap<String, i128>);

impl Sum {
    /// Adds an amount.
    pub fn add(&mut self, money: &Money) {
        *self.0.entry(money.currency.clone()).or_default() += i128::from(money.minor);
    }

    /// Adds an amount so many minutes long at a rate an hour, to the nearest smallest unit.
    pub fn add_worth(&mut self, hours: Hours, rate: &Money) {
        let worth = i128::from(rate.minor) * i128::from(hours.minutes);
        let rounded = (worth + worth.signum() * 30) / 60;
        *self.0.entry(rate.currency.clone()).or_default() += rounded;
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (currency, minor)) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str(" and ")?;
            }
            say(*minor, currency, f)?;
        }
        Ok(())
    }
}

/// A time that somebody gave, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hours {
    /// Minutes.
    pub minutes: u32,
}

impl Hours {
    /// Reads a time as people write it: `2h30`, `2:30`, `2.5`, `7,5 h`, `45 min`, `3 hours`.
    ///
    /// # Errors
    /// [`AmountError`], in words that say what to write.
    pub fn read(words: &str) -> Result<Self, AmountError> {
        let words = words.trim().to_lowercase();
        let none = || AmountError::NoTime;
        if let Some(minutes) = ["minutes", "mins", "min", "m"].iter().find_map(|end| words.strip_suffix(end))
            && !minutes.contains(['h', ':'])
        {
            return Ok(Self { minutes: minutes.trim().parse().map_err(|_| none())? });
        }
        let trimmed = ["minutes", "mins", "min", "m"].iter().find_map(|end| words.strip_suffix(end));
        let words = trimmed.unwrap_or(&words);
        let (hours, minutes) = match words.find(['h', ':']) {
            None => (words, ""),
            Some(at) => {
                let (hours, rest) = words.split_at_checked(at).ok_or_else(none)?;
                let rest = rest.trim_start_matches("hours").trim_start_matches("hour");
                (hours, rest.trim_start_matches("hrs").trim_start_matches(['h', ':']).trim())
            }
        };
        let minutes: u32 = if minutes.is_empty() { 0 } else { minutes.parse().map_err(|_| none())? };
        let hours = hours.trim().replace(',', ".");
        let (whole, part) = hours.split_once('.').unwrap_or((&hours, ""));
        if (minutes > 0 && !part.is_empty()) || minutes > 59 || part.len() > 4 {
            return Err(none());
        }
        let whole: u32 = whole.parse().map_err(|_| none())?;
        let part: u32 = if part.is_empty() {
            0
        } else {
            let scale =
                10_u32.checked_pow(u32::try_from(part.len()).map_err(|_| none())?).ok_or_else(none)?;
            (part.parse::<u32>().map_err(|_| none())? * 60 + scale / 2) / scale
        };
        let all = whole.checked_mul(60).and_then(|all| all.checked_add(part)?.checked_add(minutes));
        Ok(Self { minutes: all.ok_or(AmountError::TooLarge)? })
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.minutes / 60, self.minutes % 60) {
            (0, minutes) => write!(f, "{minutes} min"),
            (hours, 0) => write!(f, "{hours} h"),
            (hours, minutes) => write!(f, "{hours} h {minutes:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<String, AmountError> {
        Money::read(words, "GBP").map(|money| money.to_string())
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (words, said) in [
            ("1,250.00", "£1,250.00"),
            ("1250", "£1,250.00"),
            ("1,250", "£1,250.00"),
            ("1.250,50", "£1,250.50"),
            ("1 250.5", "£1,250.50"),
            ("-14.50", "-£14.50"),
            ("\u{2212}14.50", "-£14.50"),
            ("0", "£0.00"),
            (".5", "£0.50"),
            ("£40", "£40.00"),
            ("EUR 20", "€20.00"),
            ("20,50 eur", "€20.50"),
            ("SEK 1200", "1,200.00 SEK"),
            ("¥1200", "¥1,200"),
            ("1.250 KWD", "1.250 KWD"),
            ("92,233,720,368,547,758.07", "£92,233,720,368,547,758.07"),
            ("£1,250", "£1,250.00"),
            ("-£14.50", "-£14.50"),
            ("£-14.50", "-£14.50"),
            ("1.250,00", "£1,250.00"),
            ("12 000", "£12,000.00"),
            ("12\u{a0}000,50", "£12,000.50"),
            ("12\u{2019}000", "£12,000.00"),
            ("1.250.000", "£1,250,000.00"),
            ("1.250,000 kwd", "1,250.000 KWD"),
            ("40€", "€40.00"),
            ("€ -3", "-€3.00"),
        ] {
            assert_eq!(read(words).as_deref(), Ok(said), "{words}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_in_words() {
        assert_eq!(read("abc"), Err(AmountError::NoNumber));
        assert_eq!(read(""), Err(AmountError::NoNumber));
        assert_eq!(read("about 40"), Err(AmountError::NoNumber));
        assert_eq!(read("1,25,0.00"), Err(AmountError::Unclear));
        // what could be read in two ways is not read at all
        for words in [
            "1 25",
            "1 2",
            "12 000 50",
            "0,250",
            "1,250,00",
            "1.250.00",
            "1,250 000",
            "1€50",
            "1 EUR 50",
            "--5",
        ] {
            assert_eq!(read(words), Err(AmountError::Unclear), "{words}");
        }
        for words in ["£5 EUR", "€5 or £4", "and 5", "US$ 20"] {
            assert_eq!(read(words), Err(AmountError::Currency), "{words}");
        }
        assert_eq!(read("1a2b3c"), Err(AmountError::NoNumber));
        assert_eq!(read("£"), Err(AmountError::NoNumber));
        assert_eq!(read("1.250,000"), Err(AmountError::TooFine { currency: "GBP".to_owned(), places: 2 }));
        assert_eq!(read("12.345"), Err(AmountError::TooFine { currency: "GBP".to_owned(), places: 2 }));
        assert_eq!(read("¥1.5"), Err(AmountError::TooFine { currency: "JPY".to_owned(), places: 0 }));
        assert_eq!(read("92,233,720,368,547,758.08"), Err(AmountError::TooLarge));
        assert_eq!(read(&"9".repeat(5000)), Err(AmountError::TooLarge));
    }

    #[test]
    fn sums_are_exact_and_keep_currencies_apart() {
        let mut sum = Sum::default();
        for words in ["0.10", "0.20", "1,250.00", "-14.50", "€3"] {
            sum.add(&Money::read(words, "GBP").unwrap());
        }
        assert_eq!(sum.to_string(), "€3.00 and £1,235.80");
        let mut huge = Sum::default();
        (0..3).for_each(|_| huge.add(&Money::new(i64::MAX, "GBP")));
        assert_eq!(huge.to_string(), "£276,701,161,105,643,274.21");
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (words, said) in [
            ("2h30", "2 h 30"),
            ("2:30", "2 h 30"),
            ("2 h 30 min", "2 h 30"),
            ("2.5", "2 h 30"),
            ("7,5 h", "7 h 30"),
            ("45 min", "45 min"),
            ("45m", "45 min"),
            ("3 hours", "3 h"),
            ("1 hour", "1 h"),
            ("0", "0 min"),
        ] {
            assert_eq!(Hours::read(words).map(|h| h.to_string()).as_deref(), Ok(said), "{words}");
        }
        for words in ["", "soon", "2h75", "1.5h30", "-2"] {
            assert_eq!(Hours::read(words), Err(AmountError::NoTime), "{words}");
        }
        assert_eq!(Hours::read("99999999"), Err(AmountError::TooLarge));
    }

    #[test]
    fn the_worth_of_time_is_rounded_to_the_nearest_penny() {
        let mut sum = Sum::default();
        sum.add_worth(Hours { minutes: 50 }, &Money::new(1_001, "GBP"));
        assert_eq!(sum.to_string(), "£8.34");
    }
}
