import { at, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type Check, checkAttachment, checkSelector, has, textOf, textsAt } from './shared-fields.ts'
import { durationProblem } from './durations.ts'
import { jwksProblem, privateKeysOf } from './jwks.ts'
import { quoted } from './names.ts'
import { forEach, type Report } from './report.ts'
import { parseUrl } from './urls.ts'

/** ValidatePeerAuthentication of pkg/config/validation/validation.go. */
export const checkPeerAuthentication: Check = ({ spec }, report) => {
  const ports = recordAt(spec, 'portLevelMtls')
  const selective = Object.keys(recordAt(spec, 'selector', 'matchLabels')).length > 0
  if (!selective && Object.keys(ports).length > 0) {
    report.at('portLevelMtls').error('mesh/namespace peer authentication cannot have port level mTLS')
  }
  if (has(spec, 'portLevelMtls') && Object.keys(ports).length === 0) {
    report.at('portLevelMtls').error('port level mTLS, if defined, must have at least one element')
  }
  const outside = Object.keys(ports).filter((port) => !(Number(port) >= 1 && Number(port) <= 65535))
  for (const port of outside) report.at('portLevelMtls', port).error('port must be in range 1..65535')
  checkSelector(at(spec, 'selector'), report.at('selector'))
}

/** ValidateRequestAuthentication of the same file. */
export const checkRequestAuthentication: Check = ({ spec }, report) => {
  checkAttachment(spec, report)
  forEach(listAt(spec, 'jwtRules'), report.at('jwtRules'), checkJwtRule)
}

function checkJwtRule(rule: Json, report: Report): void {
  if (textsAt(rule, 'audiences').includes('')) report.at('audiences').listed('audience must be non-empty string')
  const uri = textAt(rule, 'jwksUri') ?? textOf(rule, 'jwks_uri')
  if (textOf(rule, 'issuer') + uri === '') report.listed('issuer or jwksUri must be non-empty string')
  if (uri !== '') report.at('jwksUri').listed(jwksUriProblem(uri))
  const jwks = textOf(rule, 'jwks')
  if (jwks !== '') report.at('jwks').listed(jwksProblem(jwks))
  forEach(listAt(rule, 'fromHeaders'), report.at('fromHeaders'), (header, place) => {
    if (textOf(header, 'name') === '') place.listed('location header name must be non-empty string')
  })
  if (textsAt(rule, 'fromParams').includes(''))
    report.at('fromParams').listed('location query must be non-empty string')
  if (textsAt(rule, 'fromCookies').includes('')) report.at('fromCookies').listed('cookie name must be non-empty string')
  forEach(listAt(rule, 'outputClaimToHeaders'), report.at('outputClaimToHeaders'), (out, place) =>
    place.listed(claimProblem(out)),
  )
  report.at('timeout').listed(durationProblem(textAt(rule, 'timeout')))
  report
    .at('jwks')
    .warn(
      ...privateKeysOf(jwks).map(
        (index) =>
          `jwks key at index ${index} contains private key material; only public keys are used for verification`,
      ),
    )
}

/** ParseJwksURI of pkg/config/security/security.go. */
function jwksUriProblem(uri: string): string | undefined {
  const read = parseUrl(uri)
  if (read.fault !== undefined) return read.fault
  if (read.scheme !== 'http' && read.scheme !== 'https') return `URI scheme ${quoted(read.scheme)} is not supported`
  const tooBig = BigInt(read.port || '0') >= 2n ** 63n
  return tooBig ? `strconv.Atoi: parsing ${quoted(read.port)}: value out of range` : undefined
}

function claimProblem(out: Json): string | undefined {
  const [claim, header] = [textOf(out, 'claim'), textOf(out, 'header')]
  if (claim === '' || header === '') return 'outputClaimToHeaders header and claim value must be non-empty string'
  return /^[-_A-Za-z0-9]+$/.test(header) ? undefined : `header name ${header} is not a valid header name`
}
