//! Makes the links of a finished page relative, so that the site works in any folder and from the disk.

/// Attributes that hold one address; `srcset` could hold more, but the templates give one.
const ATTRIBUTES: &[&str] = &[" href=\"/", " src=\"/", " srcset=\"/", " poster=\"/", " action=\"/", " cite=\"/"];

/// `html` with every address from the site's root turned relative to the page at `page` (a path from the root).
/// Addresses of other hosts (`//host`) stay.
pub fn relative_links(html: &str, page: &str) -> String {
    rewrite(html, |address| relative(page, address))
}

/// `html` with `base` put before every address from the site's root, for the page that is shown at any address.
pub fn prefixed_links(html: &str, base: &str) -> String {
    rewrite(html, |address| format!("{base}{address}"))
}

fn rewrite(html: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((at, length)) = next_attribute(rest) {
        let start = at + length - 1;
        let end = rest[start..].find('"').map_or(rest.len(), |end| start + end);
        let address = &rest[start..end];
        out.push_str(&rest[..start]);
        if address.starts_with("//") {
            out.push_str(address);
        } else {
            out.push_str(&change(address));
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn next_attribute(html: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = html[from..].find("=\"/") {
        let equals = from + found;
        let hit = ATTRIBUTES.iter().find_map(|attribute| {
            let start = (equals + 3).checked_sub(attribute.len())?;
            html.get(start..equals + 3).filter(|text| text == attribute).map(|_| (start, attribute.len()))
        });
        if hit.is_some() {
            return hit;
        }
        from = equals + 3;
    }
    None
}

/// The way from the page at `page` to `address`, both from the site's root.
pub fn relative(page: &str, address: &str) -> String {
    let (path, fragment) = address.find(['#', '?']).map_or((address, ""), |at| address.split_at(at));
    if path == page && !fragment.is_empty() && !fragment.starts_with('?') {
        return fragment.to_owned();
    }
    let folder = &page[..=page.rfind('/').unwrap_or(0)];
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').skip(1).collect();
    let (to_folders, file) = to.split_at(to.len().saturating_sub(1));
    let common = from.iter().zip(to_folders).take_while(|(a, b)| a == b).count();
    let mut way: Vec<&str> = std::iter::repeat_n("..", from.len() - common).collect();
    way.extend(&to_folders[common..]);
    let mut out = way.join("/");
    if !out.is_empty() {
        out.push('/');
    }
    out.push_str(file.first().copied().unwrap_or_default());
    if out.is_empty() {
        out.push_str("./");
    }
    format!("{out}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_between_pages() {
        let page = "/leitlinien/2.0/ziele/";
        assert_eq!(relative(page, "/leitlinien/2.0/ziele/#rn-3"), "#rn-3");
        assert_eq!(relative(page, "/leitlinien/2.0/"), "../");
        assert_eq!(relative(page, "/"), "../../../");
        assert_eq!(relative(page, "/werte/fairness/#a"), "../../../werte/fairness/#a");
        assert_eq!(relative("/", "/werte/"), "werte/");
        assert_eq!(relative("/", "/"), "./");
        assert_eq!(relative("/", "/assets/style.css"), "assets/style.css");
        assert_eq!(relative(page, page), "./");
    }

    #[test]
    fn only_attributes_with_addresses_of_the_site_change() {
        let html = "<a href=\"/a/\">x</a> title=\"/a/\" <img src=\"//host/b\"> <a href=\"https://x/\">";
        let expected = "<a href=\"../a/\">x</a> title=\"/a/\" <img src=\"//host/b\"> <a href=\"https://x/\">";
        assert_eq!(relative_links(html, "/b/"), expected);
        assert_eq!(relative_links("<source srcset=\"/a.svg\">", "/b/"), "<source srcset=\"../a.svg\">");
        assert_eq!(prefixed_links("<a href=\"/a/\">", "/unter"), "<a href=\"/unter/a/\">");
    }
}
