package org.camseal.cli.factory;

import org.camseal.factory.Provisioner;
import org.camseal.identity.SecureElement;
import org.camseal.web.WebClient;

/**
 * A line that is open.
 *
 * @param web its connection to the authority
 * @param element where its own key is
 */
record FactoryLine(Provisioner provisioner, WebClient web, SecureElement element) implements AutoCloseable {
    @Override
    public void close() {
        web.close();
        element.close();
    }
}
