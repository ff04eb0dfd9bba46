package org.evenkeel.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a form may lead to. */
class LinksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/products", "/order?store=a&id=gid%3A%2F%2Fshopify%2FOrder%2F1", "/products?q=%C3%A4"})
    void aPathOfThisSiteIsFollowed(String wanted) {
        assertEquals(wanted, Links.local(wanted, "/else"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "products",
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "/\t/evil.example/",
                "/\n/evil.example/",
                "/a\r\nSet-Cookie: x=y",
                "javascript:alert(1)"
            })
    void nothingThatABrowserReadsAsAnotherSiteIs(String wanted) {
        assertEquals("/else", Links.local(wanted, "/else"));
    }
}
