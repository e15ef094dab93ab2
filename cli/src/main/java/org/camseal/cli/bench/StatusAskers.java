package org.camseal.cli.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Clients that ask for status over kept-alive connections, each as soon as it has its answer. They take little of the machine themselves. */
final class StatusAskers {
    private static final int TIMEOUT_MILLIS = 10_000;

    /** OCSPResponse: a sequence whose first element is the status, an ENUMERATED of 0 for successful. */
    private static final byte[] SUCCESSFUL = {0x0a, 0x01, 0x00};

    private final int port;
    private final int count;

    StatusAskers(int port, int count) {
        this.port = port;
        this.count = count;
    }

    /** HTTP requests about certificates with numbers from the first on. */
    List<byte[]> questions(X509Certificate issuer, BigInteger first, int count, boolean nonce) {
        List<byte[]> questions = new ArrayList<>();
        try {
            var hash = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
            X509CertificateHolder holder = new X509CertificateHolder(issuer.getEncoded());
            for (int i = 0; i < count; i++) {
                OCSPReqBuilder builder = new OCSPReqBuilder();
                builder.addRequest(new CertificateID(hash, holder, first.add(BigInteger.valueOf(i))));
                if (nonce) {
                    byte[] value = ByteBuffer.allocate(16).putInt(i).array();
                    builder.setRequestExtensions(new Extensions(Extension.create(
                            OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(value))));
                }
                questions.add(http(port, builder.build().getEncoded()));
            }
            return questions;
        } catch (IOException | OCSPException | OperatorCreationException | CertificateEncodingException e) {
            throw new IllegalStateException("a question can be written", e);
        }
    }

    private static byte[] http(int port, byte[] body) {
        byte[] head = ("POST /ocsp HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\nContent-Type: application/ocsp-request\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }

    /** Asks for that long; each answer is looked at. */
    double answersPerSecond(List<byte[]> questions, Duration time) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long begin = System.nanoTime();
        Callable<Long> asker = () -> asked(questions, next, begin + time.toNanos());
        long answers = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(threads.submit(asker));
            }
            for (Future<Long> one : all) {
                answers += one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("an asker failed: " + e.getCause(), e);
        }
        return answers / ((System.nanoTime() - begin) / 1e9);
    }

    private long asked(List<byte[]> questions, AtomicInteger next, long end) throws IOException {
        long answers = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < end) {
                byte[] question = questions.get(Math.floorMod(next.getAndIncrement(), questions.size()));
                out.write(question);
                requireSuccessful(answer(in));
                answers++;
            }
        }
        return answers;
    }

    private static byte[] answer(InputStream in) throws IOException {
        int length = -1;
        String line = line(in);
        if (!line.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("answered " + line);
        }
        while (!line.isEmpty()) {
            line = line(in);
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return in.readNBytes(Math.max(0, length));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void requireSuccessful(byte[] answer) throws IOException {
        int at = answer.length > 2 && (answer[1] & 0x80) != 0 ? 2 + (answer[1] & 0x7f) : 2;
        if (answer.length < at + SUCCESSFUL.length
                || !java.util.Arrays.equals(answer, at, at + SUCCESSFUL.length, SUCCESSFUL, 0, SUCCESSFUL.length)) {
            throw new IOException("an answer that is no successful one");
        }
    }
}
