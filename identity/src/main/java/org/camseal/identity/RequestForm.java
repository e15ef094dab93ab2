package org.camseal.identity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.crmf.AttributeTypeAndValue;
import org.bouncycastle.asn1.crmf.CertReqMsg;
import org.bouncycastle.asn1.crmf.Controls;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** How a request for a certificate is written down. */
sealed interface RequestForm {
    /** Whom it names. */
    X500Name subject();

    /** All values of that attribute. */
    List<ASN1Encodable> attribute(ASN1ObjectIdentifier type);

    /** It, in DER. */
    byte[] der() throws IOException;

    /** RFC 2986. */
    record Pkcs10(PKCS10CertificationRequest request) implements RequestForm {
        @Override
        public X500Name subject() {
            return request.getSubject();
        }

        @Override
        public List<ASN1Encodable> attribute(ASN1ObjectIdentifier type) {
            List<ASN1Encodable> values = new ArrayList<>();
            for (Attribute attribute : request.getAttributes(type)) {
                attribute.getAttrValues().forEach(values::add);
            }
            return values;
        }

        @Override
        public byte[] der() throws IOException {
            return request.getEncoded();
        }
    }

    /** RFC 4211, as CMP carries it; attributes are its controls. */
    record Crmf(CertReqMsg message) implements RequestForm {
        @Override
        public X500Name subject() {
            return message.getCertReq().getCertTemplate().getSubject();
        }

        @Override
        public List<ASN1Encodable> attribute(ASN1ObjectIdentifier type) {
            List<ASN1Encodable> values = new ArrayList<>();
            Controls controls = message.getCertReq().getControls();
            AttributeTypeAndValue[] all =
                    controls == null ? new AttributeTypeAndValue[0] : controls.toAttributeTypeAndValueArray();
            for (AttributeTypeAndValue control : all) {
                if (control.getType().equals(type)) {
                    values.add(control.getValue());
                }
            }
            return values;
        }

        @Override
        public byte[] der() throws IOException {
            return message.getEncoded(ASN1Encoding.DER);
        }
    }
}
