//! What all source formats become: values with their places, and tables whose keys are taken one by one.

use std::fmt;

use super::report::{Report, Said, Spot};

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub spot: Spot,
    pub value: Value,
}

/// A value. Tables keep their order, and keys that are there twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

impl Node {
    pub fn new(at: usize, value: Value) -> Self {
        Self { spot: Spot { at, pointer: None }, value }
    }

    /// The value of a key, if this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Bool(_) | Value::Number(_) => false,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.iter().all(Node::is_empty),
            Value::Table(entries) => entries.iter().all(|(_, node)| node.is_empty()),
        }
    }

    pub fn is_text_or_null(&self) -> bool {
        matches!(self.value, Value::Null | Value::Text(_))
    }

    pub fn is_scalar(&self) -> bool {
        !matches!(self.value, Value::List(_) | Value::Table(_))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::Null => Ok(()),
            Value::Bool(flag) => write!(out, "{flag}"),
            Value::Number(text) | Value::Text(text) => out.write_str(text.trim()),
            Value::List(items) => {
                let items = items.iter().filter(|node| !node.is_empty());
                for (number, node) in items.enumerate() {
                    write!(out, "{}{node}", if number > 0 { "; " } else { "" })?;
                }
                Ok(())
            }
            Value::Table(entries) => {
                let entries = entries.iter().filter(|(_, node)| !node.is_empty());
                for (number, (key, node)) in entries.enumerate() {
                    write!(out, "{}{key}: {node}", if number > 0 { ", " } else { "" })?;
                }
                Ok(())
            }
        }
    }
}

/// A table whose keys are taken one by one; what is left at [`Record::finish`] has no place.
#[derive(Debug)]
pub(super) struct Record {
    pub spot: Spot,
    entries: Vec<(String, Node)>,
}

impl Record {
    pub fn new(spot: Spot, entries: Vec<(String, Node)>) -> Self {
        Self { spot, entries }
    }

    /// The node as a table; reports one that is none.
    pub fn of(key: &str, node: Node, report: &mut Report<'_>) -> Option<Self> {
        match node.value {
            Value::Table(entries) => Some(Self { spot: node.spot, entries }),
            _ => {
                report.wrong_type(key, &node, "a table");
                None
            }
        }
    }

    /// The value of a key, which stays.
    pub fn peek(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// Takes the first value of a key that says something.
    pub fn take(&mut self, key: &str) -> Option<Node> {
        let at = self.entries.iter().position(|(name, node)| name == key && !node.is_empty())?;
        Some(self.entries.remove(at).1)
    }

    /// Takes all values that say something and whose key is wanted, with their keys.
    pub fn take_all(&mut self, is_wanted: impl Fn(&str) -> bool) -> Vec<(String, Node)> {
        let wanted = |(name, node): &(String, Node)| is_wanted(name) && !node.is_empty();
        let (taken, left) = std::mem::take(&mut self.entries).into_iter().partition(wanted);
        self.entries = left;
        taken
    }

    /// Takes a text, which may be missing.
    pub fn said(&mut self, key: &str, report: &mut Report<'_>) -> Option<Said> {
        let node = self.take(key)?;
        report.said(key, node)
    }

    /// Takes a text without its place.
    pub fn text(&mut self, key: &str, report: &mut Report<'_>) -> Option<String> {
        self.said(key, report).map(|said| said.text)
    }

    /// Takes a list, which may be missing; reports what is none.
    pub fn list(&mut self, key: &str, report: &mut Report<'_>) -> Vec<Node> {
        match self.take(key) {
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => {
                report.wrong_type(key, &node, "a list");
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Takes a table, which may be missing; reports what is none.
    pub fn table(&mut self, key: &str, report: &mut Report<'_>) -> Option<Self> {
        let node = self.take(key)?;
        Self::of(key, node, report)
    }

    /// The keys that nobody took, with their values.
    pub fn rest(self) -> Vec<(String, Node)> {
        self.entries
    }

    /// Notes every key that nobody took.
    pub fn finish(self, report: &mut Report<'_>) {
        self.finish_as("", report);
    }

    /// Notes every key that nobody took as a part of something, e.g. `person.biography`.
    pub fn finish_as(self, prefix: &str, report: &mut Report<'_>) {
        for (key, node) in &self.entries {
            report.unmapped(&format!("{prefix}{key}"), node);
        }
    }
}
