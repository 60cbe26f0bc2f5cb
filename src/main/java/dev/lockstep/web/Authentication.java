package dev.lockstep.web;

/** What becomes of a request's credentials: an identity or the reason why there is none. */
sealed interface Authentication permits Identity, Refusal {}
