package io.a2g.common.error;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers what was refused or failed outside Spring MVC (a filter, a firewall) in the same shape.
 */
@RestController
public class ProblemErrorController implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  @io.swagger.v3.oas.annotations.Hidden
  ResponseEntity<Object> error(HttpServletRequest request) throws Exception {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception failure) {
      // ProblemAdvice knows what it means, and logs it when it is a bug.
      throw failure instanceof ServletException && failure.getCause() instanceof Exception cause
          ? cause
          : failure;
    }
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status =
        code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
    ProblemType type = ProblemType.of(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status);
    return ProblemFactory.answer(type, type.title() + ".", List.of(), new HttpHeaders());
  }
}
