package org.camseal.cli.cert;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.voucher.Judgement;
import org.camseal.identity.voucher.Meaning;
import org.camseal.identity.voucher.Shown;
import org.camseal.identity.voucher.Voucher;
import org.camseal.identity.voucher.Weakness;

/** A judgement of {@code identity.voucher} as lines and as JSON; it adds nothing to it. */
record CertExplanation(String asked, Shown shown, Judgement judgement) {
    List<String> lines() {
        Meaning meaning = judgement.meaning();
        X509Certificate leaf = shown.leaf();
        List<String> lines = new ArrayList<>();
        lines.add(asked);
        lines.add(line("vouched for by", meaning.who()));
        lines.add(line("it proves", meaning.proves()));
        lines.add(line("it does not prove", meaning.provesNot()));
        if (shown.proof() == Shown.Proof.NONE) {
            lines.add(line("", "A file is only a copy: who has the key shows it in a TLS handshake."));
        }
        for (Weakness weakness : judgement.weaknesses()) {
            lines.add(line("BUT", weakness.kind().label() + ": " + weakness.detail()));
        }
        lines.add(line("subject", CertificateSubject.display(leaf.getSubjectX500Principal())));
        lines.add(line("issuer", CertificateSubject.display(leaf.getIssuerX500Principal())));
        lines.add(line(
                "valid",
                leaf.getNotBefore().toInstant() + " until " + leaf.getNotAfter().toInstant()));
        lines.add(line("SHA-256", fingerprint(leaf)));
        return lines;
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "  %-18s %s", name, value);
    }

    Map<String, Object> json() {
        Meaning meaning = judgement.meaning();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("asked", asked);
        object.put("kind", meaning.kind());
        object.put("who", meaning.who());
        object.put("proves", meaning.proves());
        object.put("provesNot", meaning.provesNot());
        facts(judgement.voucher(), object);
        object.put(
                "key",
                switch (shown.proof()) {
                    case NONE -> "not-asked";
                    case HANDSHAKE -> "shown";
                    case BROKEN_OFF -> "not-shown";
                });
        List<Map<String, Object>> weaknesses = new ArrayList<>();
        for (Weakness weakness : judgement.weaknesses()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("kind", weakness.kind().label());
            one.put("detail", weakness.detail());
            weaknesses.add(one);
        }
        object.put("weaknesses", weaknesses);
        X509Certificate leaf = shown.leaf();
        object.put("subject", CertificateSubject.display(leaf.getSubjectX500Principal()));
        object.put("issuer", CertificateSubject.display(leaf.getIssuerX500Principal()));
        object.put("validFrom", leaf.getNotBefore().toInstant().toString());
        object.put("validUntil", leaf.getNotAfter().toInstant().toString());
        object.put("sha256", fingerprint(leaf));
        object.put("certificates", shown.chain().size());
        return object;
    }

    private static void facts(Voucher voucher, Map<String, Object> object) {
        switch (voucher) {
            case Voucher.Camera camera -> camera(camera, object);
            case Voucher.OtherCamera(String expected, Voucher.Camera found) -> {
                object.put("expectedSerial", expected);
                camera(found, object);
            }
            case Voucher.Organization known -> object.put("organization", known.organization());
            case Voucher.Individual known -> object.put("person", known.person());
            case Voucher.Extended known -> {
                object.put("organization", known.organization());
                object.put("registration", known.registration());
            }
            case Voucher.Stranger stranger -> {
                object.put("reason", stranger.reason().name());
                object.put("detail", stranger.detail());
            }
            case Voucher.Domain _, Voucher.PublicOfUnknownLevel _, Voucher.SelfSigned _ -> {
                // the kind says it all
            }
        }
    }

    private static void camera(Voucher.Camera camera, Map<String, Object> object) {
        object.put("serial", camera.camera().serial());
        object.put("model", camera.camera().name());
        object.put("maker", camera.camera().organization());
        object.put("purpose", camera.purpose().name());
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
