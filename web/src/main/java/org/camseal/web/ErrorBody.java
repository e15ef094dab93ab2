package org.camseal.web;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One refusal as the client reads it: JSON for programs and scripts, a small page for people. */
final class ErrorBody {
    private ErrorBody() {}

    /** The JSON form: {@code {"error":{"status":404,"message":"…","hint":"…"}}}. */
    record Document(Detail error) {}

    record Detail(int status, String message, String hint) {}

    static WebResponse of(WebException.Refused refused, Optional<String> accept) {
        boolean page = accept.orElse("").contains("text/html");
        WebResponse response = page
                ? WebResponse.bytes("text/html; charset=utf-8", page(refused).getBytes(StandardCharsets.UTF_8))
                : WebResponse.json(new Document(
                        new Detail(refused.status(), sentence(refused.message()), sentence(refused.hint()))));
        return response.withStatus(refused.status());
    }

    private static String page(WebException.Refused refused) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$d</title>
                <link rel="stylesheet" href="/camseal/camseal.css">
                </head>
                <body>
                <main id="main">
                <div class="card">
                <h1>%2$s</h1>
                <p>%3$s</p>
                <p class="muted">%1$d</p>
                </div>
                </main>
                </body>
                </html>
                """.formatted(refused.status(), escape(sentence(refused.message())), escape(sentence(refused.hint())));
    }

    private static String sentence(String text) {
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
