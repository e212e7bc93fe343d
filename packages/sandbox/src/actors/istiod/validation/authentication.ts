import { at, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type Check, checkAttachment, checkSelector, has, textOf, textsAt } from './shared-fields.ts'
import { durationProblem } from './durations.ts'
import { jwksProblem, privateKeysOf } from './jwks.ts'
import { quoted } from './names.ts'
import type { Report } from './report.ts'

/** ValidatePeerAuthentication of pkg/config/validation/validation.go. */
export const checkPeerAuthentication: Check = ({ spec }, report) => {
  const ports = recordAt(spec, 'portLevelMtls')
  const selective = Object.keys(recordAt(spec, 'selector', 'matchLabels')).length > 0
  if (!selective && Object.keys(ports).length > 0) {
    report.error('mesh/namespace peer authentication cannot have port level mTLS')
  }
  if (has(spec, 'portLevelMtls') && Object.keys(ports).length === 0) {
    report.error('port level mTLS, if defined, must have at least one element')
  }
  const outside = Object.keys(ports).filter((port) => !(Number(port) >= 1 && Number(port) <= 65535))
  report.error(...outside.map(() => 'port must be in range 1..65535'))
  checkSelector(at(spec, 'selector'), report)
}

/** ValidateRequestAuthentication of the same file. */
export const checkRequestAuthentication: Check = ({ spec }, report) => {
  checkAttachment(spec, report)
  for (const rule of listAt(spec, 'jwtRules')) checkJwtRule(rule, report)
}

function checkJwtRule(rule: Json, report: Report): void {
  if (textsAt(rule, 'audiences').includes('')) report.listed('audience must be non-empty string')
  const uri = textAt(rule, 'jwksUri') ?? textOf(rule, 'jwks_uri')
  if (textOf(rule, 'issuer') + uri === '') report.listed('issuer or jwksUri must be non-empty string')
  if (uri !== '') report.listed(jwksUriProblem(uri))
  const jwks = textOf(rule, 'jwks')
  if (jwks !== '') report.listed(jwksProblem(jwks))
  const unnamed = listAt(rule, 'fromHeaders').filter((header) => textOf(header, 'name') === '')
  report.listed(...unnamed.map(() => 'location header name must be non-empty string'))
  if (textsAt(rule, 'fromParams').includes('')) report.listed('location query must be non-empty string')
  if (textsAt(rule, 'fromCookies').includes('')) report.listed('cookie name must be non-empty string')
  for (const out of listAt(rule, 'outputClaimToHeaders')) report.listed(claimProblem(out))
  report.listed(durationProblem(textAt(rule, 'timeout')))
  report.warn(
    ...privateKeysOf(jwks).map(
      (index) => `jwks key at index ${index} contains private key material; only public keys are used for verification`,
    ),
  )
}

function jwksUriProblem(uri: string): string | undefined {
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(uri)?.[1] ?? ''
  const known = ['http', 'https'].includes(scheme.toLowerCase())
  return known ? undefined : `URI scheme ${quoted(scheme.toLowerCase())} is not supported`
}

function claimProblem(out: Json): string | undefined {
  const [claim, header] = [textOf(out, 'claim'), textOf(out, 'header')]
  if (claim === '' || header === '') return 'outputClaimToHeaders header and claim value must be non-empty string'
  return /^[-_A-Za-z0-9]+$/.test(header) ? undefined : `header name ${header} is not a valid header name`
}
