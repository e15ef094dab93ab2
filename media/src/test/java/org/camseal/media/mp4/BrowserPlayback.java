package org.camseal.media.mp4;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Chromium without a window, that plays parts by Media Source Extensions and then a file, and says how it went. */
final class BrowserPlayback {
    private static final long PATIENCE_SECONDS = 90;
    private static final String PAGE = """
            <!doctype html><video id=v muted></video><video id=f muted></video><script>
            const said = {};
            const end = v => new Promise(r => { v.onended = r; v.onerror = r; });
            (async () => {
              const mime = await (await fetch('mime')).text();
              said.supported = MediaSource.isTypeSupported(mime);
              const v = document.getElementById('v'), source = new MediaSource();
              v.src = URL.createObjectURL(source);
              await new Promise(r => source.addEventListener('sourceopen', r, {once: true}));
              const buffer = source.addSourceBuffer(mime);
              for (let i = 0; i < COUNT; i++) {
                const part = await (await fetch('part' + i)).arrayBuffer();
                await new Promise((done, failed) => {
                  buffer.onupdateend = done;
                  buffer.onerror = () => failed('part ' + i + ' was refused');
                  buffer.appendBuffer(part);
                });
              }
              source.endOfStream();
              said.from = v.buffered.start(0);
              const ended = end(v); await v.play(); await ended;
              said.mse = v.getVideoPlaybackQuality().totalVideoFrames; said.mseEnded = v.ended;
              const f = document.getElementById('f'), fileEnded = end(f);
              f.src = 'file.mp4'; await f.play(); await fileEnded;
              said.file = f.getVideoPlaybackQuality().totalVideoFrames; said.fileEnded = f.ended;
            })().catch(e => { said.error = e; }).finally(() => fetch('answer', {method: 'POST',
              body: Object.entries(said).map(([k, x]) => k + '=' + x).join(' ')}));
            </script>
            """;

    private final Path directory;
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(1);

    BrowserPlayback(Path directory) {
        this.directory = directory;
    }

    String play(String mime, List<byte[]> parts, Path file) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> serve(exchange, mime, parts, file));
        server.start();
        Process browser = null;
        try {
            browser = start("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return answer == null ? "no answer within " + PATIENCE_SECONDS + " s" : answer;
        } finally {
            stop(browser);
            server.stop(0);
        }
    }

    private Process start(String url) throws IOException {
        List<String> command = new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox", "--disable-gpu"));
        command.addAll(List.of("--disable-quic", "--no-first-run", "--disable-background-networking"));
        command.addAll(List.of("--disable-component-update", "--disable-sync", "--remote-debugging-port=0"));
        command.addAll(List.of("--autoplay-policy=no-user-gesture-required"));
        command.add("--user-data-dir=" + Files.createDirectory(directory.resolve("profile")));
        command.add(url);
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void stop(@Nullable Process browser) throws InterruptedException {
        if (browser != null) {
            List<ProcessHandle> children = browser.descendants().toList();
            browser.destroy();
            if (!browser.waitFor(10, TimeUnit.SECONDS)) {
                browser.destroyForcibly();
            }
            for (ProcessHandle child : children) {
                child.destroyForcibly();
                child.onExit().completeOnTimeout(child, 10, TimeUnit.SECONDS).join();
            }
        }
    }

    private void serve(HttpExchange exchange, String mime, List<byte[]> parts, Path file) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] request = exchange.getRequestBody().readAllBytes();
            byte[] body = new byte[0];
            String type = "text/html";
            if (path.equals("/answer")) {
                answers.offer(new String(request, StandardCharsets.UTF_8));
            } else if (path.equals("/mime")) {
                body = mime.getBytes(StandardCharsets.UTF_8);
            } else if (path.startsWith("/part")) {
                body = parts.get(Integer.parseInt(path.substring(5)));
            } else if (path.equals("/file.mp4")) {
                type = "video/mp4";
                body = Files.readAllBytes(file);
            } else if (path.equals("/")) {
                body = PAGE.replace("COUNT", String.valueOf(parts.size())).getBytes(StandardCharsets.UTF_8);
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
