package io.a2g.common.cycle.web;

import io.a2g.common.cycle.Planted;

/** In a circle with its feature. */
public class PlantedController {

  final Planted planted;

  /** Of this feature. */
  public PlantedController(Planted planted) {
    this.planted = planted;
  }
}
