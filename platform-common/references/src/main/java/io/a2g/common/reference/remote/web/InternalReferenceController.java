package io.a2g.common.reference.remote.web;

import io.a2g.common.reference.remote.InternalReferences;
import io.a2g.common.reference.remote.Protocol;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For other services only, and in no public document. */
@Hidden
@RestController
@RequestMapping("/internal/references")
class InternalReferenceController {

  private final InternalReferences references;

  InternalReferenceController(InternalReferences references) {
    this.references = references;
  }

  @PostMapping("/reserve")
  Protocol.Reserved reserve(@Valid @RequestBody Protocol.Reserve body) {
    return new Protocol.Reserved(
        references.reserve(body.reservation(), body.holder(), body.pins()));
  }

  @PostMapping("/settle")
  Protocol.Settled settle(@Valid @RequestBody Protocol.Settle body) {
    return new Protocol.Settled(references.settle(body.ids()));
  }

  @PostMapping("/holding")
  Protocol.Holdings holding(@Valid @RequestBody Protocol.Ask body) {
    return new Protocol.Holdings(references.holding(body.target(), body.ids(), body.purge()));
  }

  @PostMapping("/hand-over")
  Protocol.HandedOver handOver(@Valid @RequestBody Protocol.HandOver body) {
    return new Protocol.HandedOver(
        references.handOver(body.reservation(), body.target(), body.from(), body.to()));
  }

  @PostMapping("/states")
  Protocol.States states(@Valid @RequestBody Protocol.Rows body) {
    return references.states(body);
  }

  @PostMapping("/names")
  Protocol.KnownNames names(@Valid @RequestBody Protocol.Rows body) {
    return references.names(body);
  }

  @PostMapping("/contacts")
  Protocol.KnownNames contacts(@Valid @RequestBody Protocol.Rows body) {
    return references.contacts(body);
  }

  @PostMapping("/events")
  Protocol.Done events(@Valid @RequestBody Protocol.Events body) {
    references.apply(body.events());
    return new Protocol.Done();
  }
}
