//! Lengths in the words of people.

/// Millimetres of so many twips, with at most this many digits behind the point: `28`, `25.4`.
pub fn millimetres_to(twips: u32, digits: usize) -> String {
    let written = format!("{:.digits$}", f64::from(twips) * 25.4 / 1440.0);
    if digits == 0 { written } else { written.trim_end_matches('0').trim_end_matches('.').to_owned() }
}

/// Millimetres of so many twips, to the tenth: what a ruler shows.
pub fn millimetres(twips: u32) -> String {
    millimetres_to(twips, 1)
}

/// Points of so many twips, exactly: a twip is a twentieth of a point.
pub fn points(twips: i32) -> String {
    (f64::from(twips) / 20.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::{millimetres, millimetres_to, points};

    #[test]
    fn lengths_have_no_digit_that_says_nothing() {
        assert_eq!([0, 1440, 1588, 5670, 2098].map(millimetres), ["0", "25.4", "28", "100", "37"]);
        assert_eq!(
            [0, 1, 2, 3].map(|digits| millimetres_to(1801, digits)),
            ["32", "31.8", "31.77", "31.768"]
        );
        assert_eq!(millimetres_to(5670, 0), "100");
        assert_eq!([579, 560, -5, 0].map(points), ["28.95", "28", "-0.25", "0"]);
    }
}
