import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { nanoseconds } from '../../validation/durations.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, replace } from '../operations.ts'
import { type Route, routesOf } from './destinations.ts'

const tooLong: Code = { code: 'virtualservice.try-outlasts-timeout', severity: 'warning', istio: 'accepts' }
const cut: Code = { code: 'virtualservice.retries-cut', severity: 'info', istio: 'accepts' }
const many: Code = { code: 'virtualservice.many-retries', severity: 'info', istio: 'accepts' }
const writes: Code = { code: 'virtualservice.writes-retried', severity: 'warning', istio: 'accepts' }

/** Each hop that retries so often multiplies what comes out of the last one. */
const often = 5
/** Methods that are not to be repeated (RFC 9110 9.2.2), and answers after which the first try may have been carried out. */
const unsafe = ['POST', 'PATCH']
const carriedOut = /(^|,)\s*(5xx|gateway-error|reset|http3-post-connect-failure|5\d\d)\s*(,|$)/
/** What is tried again before a request has been sent. */
const beforeSending = 'connect-failure,refused-stream'

/**
 * Envoy counts the timeout over all tries together: tries that it ends before are none, and a try that may last as long
 * as the whole is never repeated for being slow.
 */
export const timeouts: Judge = {
  says: [tooLong, cut, many, writes],
  kinds: [kinds.virtualService],
  judge: (subject) =>
    routesOf(subject.object).flatMap((each) =>
      each.protocol === 'http' && (numberAt(each.route, 'retries', 'attempts') ?? 0) > 0
        ? [...counted(subject, each), ...timed(subject, each), ...repeated(subject, each)]
        : [],
    ),
}

function counted(subject: Subject, { route, pointer }: Route): Finding[] {
  const attempts = numberAt(route, 'retries', 'attempts') ?? 0
  if (attempts <= often) return []
  const path = `${pointer}/retries/attempts`
  const fewer = fix(subject, { code: 'fewer' }, [replace(path, 2)])
  return [found(subject, many, { pointer: path, params: { attempts, thrice: (attempts + 1) ** 3 }, fixes: [fewer] })]
}

function timed(subject: Subject, { route, pointer }: Route): Finding[] {
  const attempts = numberAt(route, 'retries', 'attempts') ?? 0
  const said = { timeout: textAt(route, 'timeout') ?? '', perTry: textAt(route, 'retries', 'perTryTimeout') ?? '' }
  const [timeout, each] = [milliseconds(said.timeout), milliseconds(said.perTry)]
  const whole = Math.ceil(each * (attempts + 1))
  if (timeout <= 0 || each <= 0 || whole <= timeout) return []
  const value = whole % 1000 === 0 ? `${whole / 1000}s` : `${whole}ms`
  const longer = fix(subject, { code: 'longer', params: { timeout: value } }, [replace(`${pointer}/timeout`, value)])
  const place = `${pointer}/retries/perTryTimeout`
  return [
    found(subject, each >= timeout ? tooLong : cut, { pointer: place, params: { attempts, ...said }, fixes: [longer] }),
  ]
}

function milliseconds(text: string): number {
  return (nanoseconds(text) ?? 0) / 1e6
}

function repeated(subject: Subject, { route, pointer }: Route): Finding[] {
  const retryOn = textAt(route, 'retries', 'retryOn') ?? ''
  const methods = listAt(route, 'match').map((each) => textAt(each, 'method', 'exact') ?? '')
  if (!carriedOut.test(retryOn) || methods.length === 0 || !methods.every((each) => unsafe.includes(each))) return []
  const path = `${pointer}/retries/retryOn`
  const params = { methods: [...new Set(methods)].join(', '), retryOn }
  const unsent = fix(subject, { code: 'unsent', params: { retryOn: beforeSending } }, [put(path, beforeSending)])
  return [found(subject, writes, { pointer: path, params, fixes: [unsent] })]
}
