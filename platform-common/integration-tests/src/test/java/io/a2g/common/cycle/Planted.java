package io.a2g.common.cycle;

import io.a2g.common.cycle.web.PlantedController;

/** In a circle with its web package, for the rule that forbids it. */
public class Planted {

  PlantedController controller() {
    return new PlantedController(new Planted());
  }
}
