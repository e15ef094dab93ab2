package org.camseal.onvif;

import org.camseal.onvif.SoapClient.Answer;

/** Asks the security service, as an administrator where nothing else is said. */
record SecurityClient(SoapClient client) {
    /** DER of the alternative names cam.example.com and 127.0.0.1. */
    static final String NAMES = "MBeCD2NhbS5leGFtcGxlLmNvbYcEfwAAAQ==";

    private static final String TAS = " xmlns='http://www.onvif.org/ver10/advancedsecurity/wsdl'";

    Answer ask(String operation, String arguments, String user) throws Exception {
        return client.ask(SecurityService.PATH, "<" + operation + TAS + ">" + arguments + "</" + operation + ">", user);
    }

    String good(String operation, String arguments) throws Exception {
        return SoapClient.good(ask(operation, arguments, "admin"));
    }

    void fault(String operation, String arguments, String code) throws Exception {
        SoapClient.fault(ask(operation, arguments, "admin"), code);
    }

    static String id(String name, String value) {
        return "<" + name + ">" + value + "</" + name + ">";
    }

    /** The arguments of CreatePKCS10CSR. */
    static String request(String key, String algorithm) {
        return "<Subject><CommonName>cam, the \"first\"</CommonName><Organization>Shop</Organization></Subject>"
                + id("KeyID", key)
                + "<CSRAttribute><X509v3Extension><extnOID>2.5.29.17</extnOID><critical>false</critical>"
                + id("extnValue", NAMES)
                + "</X509v3Extension></CSRAttribute>"
                + "<SignatureAlgorithm><algorithm>" + algorithm + "</algorithm></SignatureAlgorithm>";
    }

    /** The arguments of ReplaceServerCertificateAssignment. */
    static String replace(String old, String path) {
        return id("OldCertificationPathID", old) + id("NewCertificationPathID", path);
    }
}
