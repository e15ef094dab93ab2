package org.camseal.authority.cmp;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.cmp.CMPException;
import org.bouncycastle.cert.cmp.ProtectedPKIMessageBuilder;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.HandleContentSigner;

/** Makes messages and signs them with the authority's own key. Safe for use by several threads. */
final class ReplyWriter {
    private static final int NONCE_BYTES = 16;

    private final Supplier<CertifiedKey> current;
    private final InstantSource clock;
    private final SecureRandom random;

    ReplyWriter(Supplier<CertifiedKey> current, InstantSource clock, SecureRandom random) {
        this.current = current;
        this.clock = clock;
        this.random = random;
    }

    byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    /**
     * @param nonce our senderNonce
     * @throws AuthorityException.Key if the key does not sign
     */
    @SuppressWarnings("JavaUtilDate") // Bouncy Castle takes it so
    byte[] write(CmpMessage request, Reply reply, byte[] nonce) throws AuthorityException.Key {
        CertifiedKey own = current.get();
        X509Certificate certificate = own.chain().getFirst();
        ProtectedPKIMessageBuilder builder = new ProtectedPKIMessageBuilder(
                request.version() == 3 ? 3 : 2,
                name(certificate),
                request.header().getSender());
        builder.setMessageTime(Date.from(clock.instant()));
        builder.setSenderNonce(nonce);
        request.transaction().ifPresent(builder::setTransactionID);
        request.senderNonce().ifPresent(builder::setRecipNonce);
        byte[] keyId = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        if (keyId != null) {
            builder.setSenderKID(SubjectKeyIdentifier.getInstance(
                            ASN1OctetString.getInstance(keyId).getOctets())
                    .getKeyIdentifier());
        }
        if (reply.implicitlyConfirmed()) {
            builder.addGeneralInfo(new InfoTypeAndValue(CMPObjectIdentifiers.it_implicitConfirm, DERNull.INSTANCE));
        }
        builder.setBody(new PKIBody(reply.type().tag(), reply.content()));
        try {
            Set<X509Certificate> along = new LinkedHashSet<>(own.chain());
            along.addAll(reply.extra());
            for (X509Certificate one : along) {
                builder.addCMPCertificate(new X509CertificateHolder(one.getEncoded()));
            }
            return builder.build(new HandleContentSigner(own.key()))
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMPException | RuntimeOperatorException e) {
            throw new AuthorityException.Key("the key for CMP answers does not sign: " + e.getMessage(), e);
        } catch (CertificateEncodingException | IOException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    static GeneralName name(X509Certificate certificate) {
        return new GeneralName(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()));
    }
}
