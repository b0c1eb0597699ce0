//! A tiny writer of PDFs, for tests that need a file nobody else would write.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses its part")]

/// Objects are numbered from 1 in the order of `add`; number 1 must be the catalog.
#[derive(Default)]
pub struct Builder {
    objects: Vec<Vec<u8>>,
}

impl Builder {
    pub fn add(&mut self, body: impl AsRef<[u8]>) -> usize {
        self.objects.push(body.as_ref().to_vec());
        self.objects.len()
    }

    pub fn stream(&mut self, entries: &str, data: &[u8]) -> usize {
        let mut body = format!("<< /Length {} {entries} >>\nstream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.add(body)
    }

    pub fn finish(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (at, body) in self.objects.iter().enumerate() {
            offsets.push(out.len());
            out.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
            out.extend_from_slice(body);
            out.extend_from_slice(b"\nendobj\n");
        }
        let xref = out.len();
        let size = self.objects.len() + 1;
        out.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
        for offset in offsets {
            out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
        }
        out.extend_from_slice(
            format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n").as_bytes(),
        );
        out
    }
}

/// One page with fonts `F1` (Han: `UniGB-UTF16-H`, codes are UTF-16) and `F2` (Helvetica,
/// half an em each); `extra` goes into the page dictionary, `resources` into its resources.
pub fn page(content: &[u8], extra: &str, resources: &str, more: &[&str]) -> Vec<u8> {
    page_with_encoding("UniGB-UTF16-H", content, extra, resources, more)
}

pub fn page_with_encoding(
    encoding: &str,
    content: &[u8],
    extra: &str,
    resources: &str,
    more: &[&str],
) -> Vec<u8> {
    let mut b = Builder::default();
    b.add("<< /Type /Catalog /Pages 2 0 R >>");
    b.add("<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
    b.add(format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R {extra} \
         /Resources << /Font << /F1 5 0 R /F2 7 0 R >> {resources} >> >>"
    ));
    b.stream("", content);
    fonts(&mut b, encoding, 6);
    for object in more {
        b.add(object);
    }
    b.finish()
}

/// The Han font, its descendant, which is object `descendant`, and the Latin font.
fn fonts(b: &mut Builder, encoding: &str, descendant: usize) {
    b.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{encoding} \
         /DescendantFonts [{descendant} 0 R] >>"
    ));
    b.add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    );
    let widths = "500 ".repeat(96);
    b.add(format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding \
         /FirstChar 32 /Widths [{widths}] >>"
    ));
}

/// Several pages with the fonts of [`page`] and the same resources; further objects count from 6, and
/// `catalog` goes into the catalogue. The pages are the objects after them, every second one.
pub fn pages(contents: &[String], resources: &str, catalog: &str, more: &[&str]) -> Vec<u8> {
    let mut b = Builder::default();
    let first = 6 + more.len();
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", first + 2 * at)).collect();
    let kids = kids.join(" ");
    b.add(format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"));
    b.add(format!("<< /Type /Pages /Count {} /Kids [{kids}] /MediaBox [0 0 600 800] >>", contents.len()));
    fonts(&mut b, "UniGB-UTF16-H", 4);
    for object in more {
        b.add(object);
    }
    for (at, content) in contents.iter().enumerate() {
        b.add(format!(
            "<< /Type /Page /Parent 2 0 R /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R /F2 5 0 R >> {resources} >> >>",
            first + 2 * at + 1
        ));
        b.stream("", content.as_bytes());
    }
    b.finish()
}

/// As [`show`] in any size.
pub fn show_sized(size: f32, x: f32, y: f32, text: &str) -> String {
    show(x, y, text).replacen(" 10 Tf", &format!(" {size} Tf"), 1)
}

/// `BT` … `ET` with the text at a point, in font F1 (Han) or F2 (Latin) of size 10.
pub fn show(x: f32, y: f32, text: &str) -> String {
    if text.is_ascii() {
        return format!("BT /F2 10 Tf {x} {y} Td ({text}) Tj ET\n");
    }
    format!("BT /F1 10 Tf {x} {y} Td <{}> Tj ET\n", hex(text))
}

pub fn hex(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |out, unit| out + &format!("{unit:04X}"))
}
