import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { coversPattern, hasDeadStar } from './patterns.ts'
import { isOfNobody } from './identity-patterns.ts'
import { type Named, namedBy } from './policy-rules.ts'

const method: Code = {
  code: 'authorizationpolicy.method-unknown',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0102'],
}
const path: Code = { code: 'authorizationpolicy.path-never', severity: 'warning', istio: 'accepts' }
const star: Code = { code: 'authorizationpolicy.star-inside', severity: 'warning', istio: 'accepts' }

/** Values that no request and no caller has, as Envoy compares them. */
export const requestValues: Judge = {
  says: [method, path, star],
  kinds: [kinds.authorizationPolicy],
  judge: (subject, world) => [
    ...namedBy(subject.object, 'methods').flatMap((each) => ofMethod(subject, each)),
    ...namedBy(subject.object, 'paths').flatMap((each) => ofPath(subject, each)),
    ...namedBy(subject.object, 'hosts').flatMap((each) => (isDead(each) ? [dead(subject, each)] : [])),
    ...namedBy(subject.object, 'principals', 'source.principal').flatMap((each) =>
      isDead(each) ? [dead(subject, each, principalMeant(each.value, world))] : [],
    ),
  ],
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']

/** Methods are compared letter by letter; what is spelt in capitals may be one of WebDAV or an application's own. */
function ofMethod(subject: Subject, { value, pointer }: Named): Finding[] {
  if (methods.some((each) => coversPattern(value, each))) return []
  const right = value.toUpperCase()
  const fixes = [fix(subject, { code: 'capitals', params: { right } }, [replace(pointer, right)])]
  const severity = /^[A-Z-]+$/.test(value) ? 'info' : method.severity
  return [found(subject, method, { pointer, params: { value }, fixes, severity })]
}

/** Paths are compared without query and fragment; templates have stars of their own. */
function ofPath(subject: Subject, named: Named): Finding[] {
  const { value, pointer } = named
  const isTemplate = /\{\*\*?\}/.test(value)
  if (isDead(named) && !isTemplate) return [dead(subject, named, pathMeant(value))]
  if (/^[/*]/.test(value) && !/[?#]/.test(value)) return []
  const [plain = ''] = value.split(/[?#]/)
  const right = /^[/*]/.test(plain) ? plain : `/${plain}`
  return [
    found(subject, path, {
      pointer,
      params: { value },
      fixes: [fix(subject, { code: 'plain-path', params: { right } }, [replace(pointer, right)])],
    }),
  ]
}

function isDead({ value }: Named): boolean {
  return hasDeadStar(value)
}

function dead(subject: Subject, { value, pointer }: Named, right?: string): Finding {
  const fixes =
    right === undefined || right === value
      ? []
      : [fix(subject, { code: 'star-that-works', params: { right } }, [replace(pointer, right)])]
  return found(subject, star, { pointer, params: { value }, fixes })
}

/** A star that is a whole step of a path is written `{*}`. */
function pathMeant(value: string): string | undefined {
  const right = value
    .split('/')
    .map((each) => (each === '*' ? '{*}' : each))
    .join('/')
  return right.replaceAll('{*}', '').includes('*') || !value.startsWith('/') ? undefined : right
}

/** Any namespace, or any account of one: by a star at one end, where somebody has such an identity. */
function principalMeant(value: string, world: MeshWorld): string | undefined {
  const right = patternMeant(value, world)
  return right === undefined || isOfNobody(world, right) ? undefined : right
}

function patternMeant(value: string, world: MeshWorld): string | undefined {
  const [, account] = /^[^/]+\/ns\/\*\/sa\/([^/*]+)$/.exec(value) ?? []
  if (account !== undefined) return `*/sa/${account}`
  const [, namespace] = /^\*\/ns\/([^/*]+)\/sa\/\*$/.exec(value) ?? []
  return namespace === undefined ? undefined : `${world.mesh.trustDomain}/ns/${namespace}/sa/*`
}
