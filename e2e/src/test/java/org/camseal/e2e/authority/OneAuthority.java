package org.camseal.e2e.authority;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests that ask for one the same running authority; it is ended when all tests are over. */
final class OneAuthority implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningAuthority.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(OneAuthority.class))
                .computeIfAbsent(RunningAuthority.class, _ -> RunningAuthority.start(), RunningAuthority.class);
    }
}
