package org.evenkeel.setup.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.setup.StoreKind;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.metatype.AttributeDefinition;

/**
 * A kind of store with what stands behind its form.
 *
 * @param form what people see
 * @param definitions the connector's attribute definitions by id
 * @param component the connector's component
 */
record Kind(StoreKind form, Map<String, AttributeDefinition> definitions, ComponentDescriptionDTO component) {

    String pid() {
        return form.pid();
    }

    Optional<StoreKind.Attribute> attribute(String id) {
        return form.attributes().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    List<StoreKind.Attribute> secrets() {
        return form.attributes().stream()
                .filter(one -> one.type() == StoreKind.Type.SECRET)
                .toList();
    }
}
