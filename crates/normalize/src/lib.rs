//! A source document to items: titles, points, contributors, sections, dates.
