package org.camseal.web;

import java.net.InetSocketAddress;

/** Where a server listens, as settings files write it: {@code ADDRESS:PORT}. */
public final class ListenAddress {
    private static final int MOST = 0xffff;

    private ListenAddress() {}

    /**
     * Reads one.
     *
     * @param key of the setting, for the message
     * @param text such as {@code 127.0.0.1:8443} or {@code [::1]:8443}; port 0 takes a free one
     * @throws WebException.CannotStart if it is not of that form, or the address is not known here
     */
    public static InetSocketAddress parse(String key, String text) throws WebException.CannotStart {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new WebException.CannotStart(key + ": \"" + text + "\" is not ADDRESS:PORT");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > MOST) {
            throw new WebException.CannotStart(key + ": there is no port " + port);
        }
        InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), port);
        if (address.isUnresolved()) {
            throw new WebException.CannotStart(key + ": the host of \"" + text + "\" is not known");
        }
        return address;
    }
}
