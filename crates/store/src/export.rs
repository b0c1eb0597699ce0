//! Export: every row of every table as a line of JSON, always in the same order.

use std::io::Write;

use rusqlite::types::ValueRef;
use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::{Store, schema};

/// Name and version of the form of the lines.
const SCHEMA: &str = "jianbao.store/1";

/// The tables, each with what orders its rows. The bands are left out: they follow from the words.
const TABLES: [(&str, &str); 13] = [
    ("submissions", "id"),
    ("receipts", "id"),
    ("quarantine", "id"),
    ("items", "id"),
    ("revisions", "id"),
    ("decisions", "id"),
    ("diagnostics", "id"),
    ("nears", "item, earlier"),
    ("issues", "id"),
    ("numbers", "counter, period, value"),
    ("positions", "issue, position"),
    ("runs", "id"),
    ("audit", "sequence"),
];

impl Store {
    /// Writes everything as JSON lines; raw bytes are hexadecimal digits.
    pub fn export(&self, out: &mut impl Write) -> Result<()> {
        let transaction = self.connection.unchecked_transaction()?;
        writeln!(out, "{}", json!({ "schema": SCHEMA, "version": schema::VERSION }))?;
        for (table, order) in TABLES {
            let mut rows = transaction.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
            let names: Vec<String> = rows.column_names().map(str::to_owned).collect();
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                let mut line = Map::from_iter([("table".to_owned(), Value::from(table))]);
                for (column, name) in names.iter().enumerate() {
                    line.insert(name.clone(), value(row.get_ref(column)?));
                }
                writeln!(out, "{}", Value::from(line))?;
            }
        }
        Ok(())
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(bytes) => data_encoding::HEXLOWER.encode(bytes).into(),
    }
}
