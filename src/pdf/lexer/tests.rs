use super::*;

/// All tokens in a short notation, and how many defects were counted.
#[track_caller]
fn case(content: &str, tokens: &str, defects: usize) {
    let mut lexer = Lexer::new(content.as_bytes());
    let words: Vec<String> = lexer.by_ref().map(notation).collect();
    assert_eq!((words.join(" ").as_str(), lexer.skipped()), (tokens, defects), "{content}");
}

fn notation(token: Token<'_>) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match token {
        Token::Number(value) => value.to_string(),
        Token::Name(name) => format!("/{}", text(&name_bytes(name))),
        Token::Literal(_) | Token::Hexadecimal(_) => {
            let mut scratch = Vec::new();
            format!("({})", text(token.string_bytes(&mut scratch).unwrap_or_default()))
        }
        Token::ArrayStart => "[".to_owned(),
        Token::ArrayEnd => "]".to_owned(),
        Token::DictionaryStart => "<<".to_owned(),
        Token::DictionaryEnd => ">>".to_owned(),
        Token::Constant => "constant".to_owned(),
        Token::Operator(word, _) => text(word),
    }
}

#[test]
fn ordinary_content() {
    case("BT /F1 12 Tf[(a)-20.5<62>]TJ ET", "BT /F1 12 Tf [ (a) -20.5 (b) ] TJ ET", 0);
    case("/A#20B <</MCID 0>>BDC % note\r q", "/A B << /MCID 0 >> BDC q", 0);
    case("(a\\(b\\)(c)\\101\\\n) true .5 +3 -.25", "(a(b)(c)A) constant 0.5 3 -0.25", 0);
}

#[test]
fn numbers_that_are_none_do_not_end_the_page() {
    case("--5 1..5 1.2.3 5-3 1000000000000000000000 - Tj", "-5 1 1.2 5 1000000000000000000000 -0 Tj", 4);
}

#[test]
fn stray_delimiters_do_not_end_the_page() {
    case(") >> } {q <zz> Tj > (a) Tj", ">> q () Tj (a) Tj", 5);
}

#[test]
fn an_unbalanced_parenthesis_costs_one_string() {
    case("(a (b) Tj (c) Tj", "(a (b) Tj (c) Tj", 1);
    case("(a) Tj (b Tj ET", "(a) Tj b Tj ET", 1);
}

#[test]
fn a_hexadecimal_string_without_its_end() {
    case("<0041 [(b)] TJ", "(\0A) [ (b) ] TJ", 1);
}

#[test]
fn operators_run_together() {
    case("0 0 1 rg0 0 mQq ET0 g", "0 0 1 rg 0 0 mQq ET 0 g", 2);
}

#[test]
fn many_open_parentheses_take_linear_time() {
    let content = "(".repeat(2_000_000);
    assert_eq!(Lexer::new(content.as_bytes()).count(), 0);
}
