package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pages as a browser without scripts sees them: cookies are kept, forms are sent as they are on the page. */
final class Page {
    private static final Pattern SECRET = Pattern.compile("data-csrf=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("<code id=\"secret\">([^<]+)</code>");

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    Page(String base) {
        this.base = URI.create(base);
    }

    /** Logs in by the form and must see the products. */
    void logIn(String name, String password) throws Exception {
        eventually()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(get("/login").statusCode()).isEqualTo(200));
        HttpResponse<String> answer = send("/login", Map.of("name", name, "password", password));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("<h1>Products</h1>");
    }

    /** Makes an API token on the page Account, which shows it this once. */
    String makeToken(String name) throws Exception {
        HttpResponse<String> answer = submit("/account", Map.of("do", "create-token", "name", name, "scope", "admin"));
        Matcher shown = TOKEN.matcher(answer.body());
        assertThat(shown.find()).as(answer.body()).isTrue();
        return shown.group(1);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    /** Sends a form of that page with the session's secret. */
    HttpResponse<String> submit(String path, Map<String, String> fields) throws IOException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("csrf", csrf());
        return send(path, all);
    }

    HttpResponse<String> send(String path, Map<String, String> fields) throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> Api.encoded(field.getKey()) + "=" + Api.encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return client.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private String csrf() throws IOException, InterruptedException {
        String body = get("/account").body();
        Matcher matcher = SECRET.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
    }
}
