//! From the text of a filter to its conditions: `or` binds least, then `and`, then `not`.

use std::ops::Range;

use super::token::{Token, Tokens, is_reserved};
use super::{FilterError, FilterErrorKind, Named, Node, Operator, Value};

/// Brackets and `not`s inside each other.
const DEEPEST: usize = 64;

pub(super) fn parse(text: &str) -> Result<Node, FilterError> {
    let mut tokens = Tokens::new(text);
    let next = tokens.next()?;
    let mut parser = Parser { tokens, next, depth: 0 };
    let node = parser.any()?;
    match parser.next {
        (Token::End, _) => Ok(node),
        (_, at) => Err(FilterError { at, kind: FilterErrorKind::WantsEnd }),
    }
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    next: (Token<'a>, Range<usize>),
    depth: usize,
}

impl<'a> Parser<'a> {
    fn take(&mut self) -> Result<(Token<'a>, Range<usize>), FilterError> {
        let next = self.tokens.next()?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    fn wants<T>(&self, kind: FilterErrorKind) -> Result<T, FilterError> {
        Err(FilterError { at: self.next.1.clone(), kind })
    }

    /// Takes the word where it comes next.
    fn takes(&mut self, word: &str) -> Result<bool, FilterError> {
        let is_next = matches!(&self.next.0, Token::Word(next) if next.eq_ignore_ascii_case(word));
        if is_next {
            self.take()?;
        }
        Ok(is_next)
    }

    fn any(&mut self) -> Result<Node, FilterError> {
        let mut nodes = vec![self.all()?];
        while self.takes("or")? {
            nodes.push(self.all()?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Any(nodes) })
    }

    fn all(&mut self) -> Result<Node, FilterError> {
        let mut nodes = vec![self.one()?];
        while self.takes("and")? {
            nodes.push(self.one()?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::All(nodes) })
    }

    fn one(&mut self) -> Result<Node, FilterError> {
        if self.depth >= DEEPEST {
            return self.wants(FilterErrorKind::TooDeep);
        }
        self.depth += 1;
        let node = if self.takes("not")? {
            Node::Not(Box::new(self.one()?))
        } else if self.next.0 == Token::Open {
            self.take()?;
            let node = self.any()?;
            if self.next.0 != Token::Close {
                return self.wants(FilterErrorKind::WantsBracket);
            }
            self.take()?;
            node
        } else {
            self.condition()?
        };
        self.depth -= 1;
        Ok(node)
    }

    /// A word, a number or a quoted text that stands alone is looked for in all columns.
    fn anywhere(&mut self) -> Result<Option<Node>, FilterError> {
        let text = match &self.next.0 {
            Token::Word(word) if !is_reserved(word) => (*word).to_owned(),
            Token::Text(text) => text.clone(),
            Token::Number(_) => self.tokens.written(&self.next.1).to_owned(),
            _ => return Ok(None),
        };
        let mut ahead = self.tokens.clone();
        let is_alone = match ahead.next()?.0 {
            Token::End | Token::Close => true,
            Token::Word(word) => word.eq_ignore_ascii_case("and") || word.eq_ignore_ascii_case("or"),
            _ => false,
        };
        if is_alone {
            self.take()?;
        }
        Ok(is_alone.then_some(Node::Anywhere(text)))
    }

    fn condition(&mut self) -> Result<Node, FilterError> {
        if let Some(node) = self.anywhere()? {
            return Ok(node);
        }
        let column = match &self.next {
            (Token::Word(word), at) if !is_reserved(word) => {
                Named { name: (*word).to_owned(), at: at.clone() }
            }
            (Token::Name(name), at) => Named { name: name.clone(), at: at.clone() },
            _ => return self.wants(FilterErrorKind::WantsColumn),
        };
        self.take()?;
        if self.takes("is")? {
            let is_not = self.takes("not")?;
            if !self.takes("missing")? {
                return self.wants(FilterErrorKind::WantsOperator);
            }
            let missing = Node::Missing(column);
            return Ok(if is_not { Node::Not(Box::new(missing)) } else { missing });
        }
        if self.takes("in")? {
            return Ok(Node::OneOf(column, self.values()?));
        }
        let operator = self.operator()?;
        Ok(Node::Compare(column, operator, self.value()?))
    }

    fn operator(&mut self) -> Result<Operator, FilterError> {
        let operator = match self.next.0 {
            Token::Sign("=") => Operator::Equal,
            Token::Sign("!=") => Operator::NotEqual,
            Token::Sign("<") => Operator::Less,
            Token::Sign("<=") => Operator::LessOrEqual,
            Token::Sign(">") => Operator::Greater,
            Token::Sign(">=") => Operator::GreaterOrEqual,
            Token::Word(word) => return self.operator_in_words(word),
            _ => return self.wants(FilterErrorKind::WantsOperator),
        };
        self.take()?;
        Ok(operator)
    }

    fn operator_in_words(&mut self, word: &str) -> Result<Operator, FilterError> {
        if word.eq_ignore_ascii_case("contains") {
            self.take()?;
            return Ok(Operator::Contains);
        }
        let operator = match word.to_ascii_lowercase().as_str() {
            "starts" => Operator::StartsWith,
            "ends" => Operator::EndsWith,
            _ => return self.wants(FilterErrorKind::WantsOperator),
        };
        self.take()?;
        if self.takes("with")? { Ok(operator) } else { self.wants(FilterErrorKind::WantsOperator) }
    }

    /// Values in brackets, with commas between them.
    fn values(&mut self) -> Result<Vec<Value>, FilterError> {
        if self.next.0 != Token::Open {
            return self.wants(FilterErrorKind::WantsBracket);
        }
        self.take()?;
        let mut values = vec![self.value()?];
        while self.next.0 == Token::Comma {
            self.take()?;
            values.push(self.value()?);
        }
        if self.next.0 != Token::Close {
            return self.wants(FilterErrorKind::WantsBracket);
        }
        self.take()?;
        Ok(values)
    }

    fn value(&mut self) -> Result<Value, FilterError> {
        let value = match &self.next.0 {
            Token::Number(number) => Value::Number(*number),
            Token::Text(text) => Value::Text(text.clone()),
            Token::Word(word) if word.eq_ignore_ascii_case("true") => Value::Bool(true),
            Token::Word(word) if word.eq_ignore_ascii_case("false") => Value::Bool(false),
            // A first try is often without quotes.
            Token::Word(word) if !is_reserved(word) => Value::Text((*word).to_owned()),
            _ => return self.wants(FilterErrorKind::WantsValue),
        };
        self.take()?;
        Ok(value)
    }
}
