//! Pictures of an item: each in a line of its own, as large as the type area allows.

use docx_rs as docx;

use super::paragraph;
use super::sheet::id;
use crate::picture::Picture;
use crate::style::Style;

/// EMU in a twip.
const TWIP: u64 = 635;

/// EMU in a pixel of 96 to the inch, which Word takes for pictures that do not say it.
const PIXEL: u64 = 9525;

/// How much of the type area's height a picture may take, in per cent: text stands beside it.
const HEIGHT: u64 = 60;

/// The paragraph of a picture. `number` makes it one of its own: docx-rs would count on over
/// documents.
pub(super) fn built(picture: Picture<'_>, number: usize, style: &Style) -> docx::Paragraph {
    let (width, height) = size(picture.width, picture.height, style);
    let drawn = docx::Pic::new_with_dimensions(picture.bytes.to_vec(), 1, 1);
    let drawn = drawn.id(format!("rIdPicture{number}")).size(width, height);
    paragraph(id::PICTURE).add_run(docx::Run::new().add_image(drawn))
}

/// Width and height in EMU: those of the pixels, or less where the type area is smaller.
fn size(width: u32, height: u32, style: &Style) -> (u32, u32) {
    let most = u64::from(style.page.text_width()) * TWIP;
    let highest = u64::from(style.page.text_height()) * TWIP * HEIGHT / 100;
    let (mut wide, mut high) = (u64::from(width) * PIXEL, u64::from(height) * PIXEL);
    if wide > most {
        (wide, high) = (most, high * most / wide);
    }
    if high > highest {
        (wide, high) = (wide * highest / high, highest);
    }
    // A line of one pixel is still seen.
    let bounded = |length: u64| u32::try_from(length.max(PIXEL)).unwrap_or(u32::MAX);
    (bounded(wide), bounded(high))
}

#[cfg(test)]
mod tests {
    use super::size;
    use crate::style::Style;

    #[test]
    fn a_picture_is_never_larger_than_its_part_of_the_type_area() {
        let style = Style::default();
        let check = |width, height, expected| assert_eq!(size(width, height, &style), expected);
        // 100 × 50 pixels are 26.5 × 13.2 mm; 156 mm are 5615940 EMU, 135 mm (60 % of 225) 4860036.
        check(100, 50, (952_500, 476_250));
        check(2000, 1000, (5_615_940, 2_807_970));
        check(1000, 2000, (2_430_018, 4_860_036));
        check(u32::MAX, 1, (5_615_940, 9525));
        check(1, u32::MAX, (9525, 4_860_036));
    }
}
