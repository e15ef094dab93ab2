package org.camseal.authority.status;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.HandleContentSigner;
import org.jspecify.annotations.Nullable;

/**
 * Answers what has become of a certificate (RFC 6960): good, revoked with reason and invalidity date, or unknown, which is what it says of
 * every certificate that was never issued. Each answer is signed by a delegate of the issuing authority. Answers without a nonce are
 * signed once and given again for a while (RFC 5019); so a revocation shows in them after {@link Settings#kept} at the latest.
 *
 * <p>Safe for use by several threads; blocks for the register and for the signature.
 */
public final class OcspResponder {
    private final IssuerIndex issuers;
    private final Settings settings;
    private final InstantSource clock;
    private final AnswerCache cache;
    private final AtomicReference<@Nullable Delegate> lastDelegate = new AtomicReference<>();

    /**
     * How long answers count.
     *
     * @param validity from thisUpdate to nextUpdate
     * @param kept how long an answer without a nonce is given again; zero for never
     * @param mostKept how many are kept; about a kilobyte each
     */
    public record Settings(Duration validity, Duration kept, int mostKept) {
        /** A day, a minute, 20 000. */
        public static final Settings USUAL = new Settings(Duration.ofDays(1), Duration.ofMinutes(1), 20_000);

        public Settings {
            if (validity.compareTo(kept) <= 0 || kept.isNegative() || mostKept < 0) {
                throw new IllegalArgumentException("answers are kept for less time than they count");
            }
        }
    }

    public OcspResponder(List<OcspIssuer> issuers, Settings settings, InstantSource clock) {
        this.issuers = new IssuerIndex(issuers);
        this.settings = settings;
        this.clock = clock;
        this.cache = new AnswerCache(settings.kept(), settings.mostKept());
    }

    /** Answers a request in DER; every request has an answer. */
    OcspAnswer answer(byte[] request) {
        try {
            OcspQuestion question = OcspQuestion.parse(request);
            Optional<OcspIssuer> issuer = issuer(question);
            if (issuer.isEmpty()) {
                return failure(
                        OCSPRespBuilder.UNAUTHORIZED); // RFC 5019 section 2.2.3: not a certificate that is known here
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            if (question.nonce().isPresent() || question.certificates().size() > 1) {
                return signed(question, issuer.get(), now);
            }
            CertID asked = question.certificates().getFirst();
            Optional<OcspAnswer> kept = cache.find(asked, now);
            if (kept.isPresent()) {
                return kept.get();
            }
            OcspAnswer fresh = signed(question, issuer.get(), now);
            cache.keep(asked, fresh);
            return fresh;
        } catch (OcspQuestion.Malformed e) {
            return failure(OCSPRespBuilder.MALFORMED_REQUEST);
        } catch (AuthorityException e) {
            return failure(OCSPRespBuilder.TRY_LATER);
        }
    }

    /** The one issuer that all certificates asked for are of: one delegate signs the answer. */
    private Optional<OcspIssuer> issuer(OcspQuestion question) {
        Optional<OcspIssuer> first = issuers.find(question.certificates().getFirst());
        boolean same = question.certificates().stream()
                .allMatch(asked -> issuers.find(asked).equals(first));
        return same ? first : Optional.empty();
    }

    private OcspAnswer signed(OcspQuestion question, OcspIssuer issuer, Instant now) throws AuthorityException {
        OcspSigner signer = issuer.signer().get();
        Instant nextUpdate = now.plus(settings.validity());
        try {
            Delegate delegate = delegate(signer);
            BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(delegate.id());
            for (CertID asked : question.certificates()) {
                BigInteger number = asked.getSerialNumber().getValue();
                add(builder, asked, issuer.statuses().of(number), new OcspAnswer.Freshness(now, nextUpdate));
            }
            question.nonce().ifPresent(nonce -> builder.setResponseExtensions(new Extensions(nonce)));
            var basic = builder.build(
                    new HandleContentSigner(signer.key()),
                    new X509CertificateHolder[] {delegate.certificate()},
                    Date.from(now));
            byte[] der = new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, basic)
                    .getEncoded();
            return new OcspAnswer(der, Optional.of(new OcspAnswer.Freshness(now, nextUpdate)));
        } catch (RuntimeOperatorException | OCSPException e) {
            throw new AuthorityException.Key("a status answer is not signed: " + e.getMessage(), e);
        } catch (IOException | OperatorCreationException | CertificateEncodingException e) {
            throw new IllegalStateException("an answer can be written", e);
        }
    }

    /** A signer as it stands in its answers. */
    private record Delegate(OcspSigner signer, X509CertificateHolder certificate, RespID id) {}

    /** The same for a month, so it is not written anew for each answer. */
    private Delegate delegate(OcspSigner signer)
            throws IOException, OCSPException, OperatorCreationException, CertificateEncodingException {
        Delegate known = lastDelegate.get();
        if (known == null || !known.signer().equals(signer)) {
            X509CertificateHolder certificate =
                    new X509CertificateHolder(signer.certificate().getEncoded());
            RespID id = new RespID(
                    certificate.getSubjectPublicKeyInfo(),
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1));
            known = new Delegate(signer, certificate, id);
            lastDelegate.set(known);
        }
        return known;
    }

    private static void add(
            BasicOCSPRespBuilder builder,
            CertID asked,
            Optional<CertificateStatus> status,
            OcspAnswer.Freshness freshness)
            throws IOException {
        CertificateID id = new CertificateID(asked);
        Date thisUpdate = Date.from(freshness.thisUpdate());
        Date nextUpdate = Date.from(freshness.nextUpdate());
        if (status.isEmpty()) {
            builder.addResponse(id, new UnknownStatus(), thisUpdate, nextUpdate, null);
            return;
        }
        switch (status.get()) {
            case CertificateStatus.Good _ ->
                builder.addResponse(
                        id, org.bouncycastle.cert.ocsp.CertificateStatus.GOOD, thisUpdate, nextUpdate, null);
            case Revoked revoked ->
                builder.addResponse(
                        id,
                        new RevokedStatus(Date.from(revoked.at()), revoked.reasonNumber()),
                        thisUpdate,
                        nextUpdate,
                        extensions(revoked));
        }
    }

    /** RFC 6960 section 4.4.5: what a list says of an entry may be said here too. */
    private static @Nullable Extensions extensions(Revoked revoked) throws IOException {
        if (revoked.invalidityDate().isEmpty()) {
            return null;
        }
        ASN1GeneralizedTime since =
                new ASN1GeneralizedTime(Date.from(revoked.invalidityDate().get()));
        return new Extensions(Extension.create(Extension.invalidityDate, false, since));
    }

    private static OcspAnswer failure(int status) {
        try {
            byte[] der = new OCSPRespBuilder().build(status, null).getEncoded();
            return new OcspAnswer(der, Optional.empty());
        } catch (OCSPException | IOException e) {
            throw new IllegalStateException("an answer of one number can be written", e);
        }
    }
}
