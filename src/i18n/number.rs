//! Numbers as they are read: groups of three, a point for decimals, the same in all three languages.

/// A whole number with a comma between groups of three digits.
#[must_use]
pub fn integer(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with so many decimals at most, trailing zeros dropped.
#[must_use]
pub fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{:.*}", decimals, value.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if value < 0.0 { "−" } else { "" };
    let grouped = whole.parse::<i64>().map_or_else(|_| whole.to_owned(), integer);
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{rest}") }
}

/// Kilometres: one decimal under ten, none above.
#[must_use]
pub fn kilometres(km: f64) -> String {
    format!("{} km", decimal(km, usize::from(km < 10.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!(integer(10_871), "10,871");
        assert_eq!(integer(-1_234_567), "−1,234,567");
        assert_eq!(integer(528), "528");
    }

    #[test]
    fn short_distances_keep_a_decimal() {
        assert_eq!(kilometres(2.34), "2.3 km");
        assert_eq!(kilometres(3_989.4), "3,989 km");
        assert_eq!(kilometres(3.0), "3 km");
    }
}
