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
        if (colon < 1) {
            throw new WebException.CannotStart(key + ": \"" + text + "\" is not ADDRESS:PORT");
        }
        int port = port(key, text);
        InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), port);
        if (address.isUnresolved()) {
            throw new WebException.CannotStart(key + ": the host of \"" + text + "\" is not known");
        }
        return address;
    }

    /**
     * Reads one whose address may be left out.
     *
     * @param text as {@link #parse} takes it, or a port alone: on all addresses
     * @throws WebException.CannotStart as {@link #parse}
     */
    public static InetSocketAddress parseOrEverywhere(String key, String text) throws WebException.CannotStart {
        return text.contains(":") ? parse(key, text) : new InetSocketAddress(port(key, text));
    }

    /** What is behind the last colon, or all of it. */
    private static int port(String key, String text) throws WebException.CannotStart {
        String port = text.substring(text.lastIndexOf(':') + 1);
        if (!port.matches("[0-9]{1,5}")) {
            throw new WebException.CannotStart(key + ": \"" + text + "\" is not ADDRESS:PORT");
        }
        if (Integer.parseInt(port) > MOST) {
            throw new WebException.CannotStart(key + ": there is no port " + port);
        }
        return Integer.parseInt(port);
    }
}
