import type { IncomingMessage } from 'node:http'
import type { Authorizer, Question } from '../authz/authorizer.ts'
import type { RequestInfo } from '../http/request-info.ts'
import { type ApiFault, badRequest, forbidden } from '../status.ts'
import { anonymous, type User, withGroup } from './user.ts'

/** Which way of impersonating last worked for somebody: it is tried first, and its refusal is the one told. */
export type ImpersonationMemory = Map<string, string>

type Asking = { user: User; authorizer: Authorizer; info: RequestInfo; memory: ImpersonationMemory }

/** The user that `Impersonate-*` headers ask for, checked. Source: apiserver filters/impersonation v0.36. */
export function impersonate(request: IncomingMessage, asking: Asking): User {
  const wish = wished(request)
  const { user, authorizer, memory } = asking
  if (wish === undefined) return user
  const last = memory.get(user.name)
  const modes = modesFor(wish, asking.info)
  const ordered = [...modes.filter(({ name }) => name === last), ...modes.filter(({ name }) => name !== last)]
  let first: Question | undefined
  for (const { name, questions } of ordered) {
    const refused = questions.find((question) => !authorizer.allowed(user, question))
    if (refused === undefined) {
      memory.set(user.name, name)
      return becoming(wish)
    }
    first ??= refused
  }
  throw refusal(user, first)
}

function refusal(user: User, question: Question | undefined): ApiFault {
  const { verb = '', group = '', resource = '', subresource = '', namespace = '', name = '' } = question ?? {}
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`
  const path = subresource === '' ? resource : `${resource}/${subresource}`
  const why = `User "${user.name}" cannot ${verb} resource "${path}" in API group "${group}" ${where}`
  return forbidden({ group, plural: resource === 'userextras' ? path : resource }, name, why)
}

type Mode = { name: string; questions: Question[] }

/** Constrained impersonation, which asks for the request too, and then the right to be somebody whatever they do. */
function modesFor(wish: Wish, info: RequestInfo): Mode[] {
  const legacy = { name: 'legacy', questions: identityQuestions(wish, { verb: 'impersonate', group: '' }) }
  const name = constrainedMode(wish)
  if (name === undefined) return [legacy]
  const { group, version, resource, subresource, namespace, name: object } = info
  const verb = `impersonate-on:${name}:${info.verb}`
  const on: Question = { verb, group, version, resource, subresource, namespace, name: object }
  const constrained = { verb: `impersonate:${name}`, group: 'authentication.k8s.io' }
  return [{ name, questions: [on, ...identityQuestions(wish, constrained)] }, legacy]
}

/** ServiceAccounts and nodes have a mode of their own, in which nothing but their name may be said. */
function constrainedMode({ name, uid, groups, extra }: Wish): string | undefined {
  const onlyName = uid === '' && groups.length === 0 && Object.keys(extra).length === 0
  if (accountName.test(name)) return onlyName ? 'serviceaccount' : undefined
  if (name.startsWith('system:node:')) return onlyName ? 'arbitrary-node' : undefined
  return groups.includes('system:masters') ? undefined : 'user-info'
}

type Wish = { name: string; uid: string; groups: string[]; extra: Record<string, string[]> }

/** Node joins repeated headers with a comma: groups are read from the raw lines. */
function wished(request: IncomingMessage): Wish | undefined {
  const lines = rawLines(request)
  const one = (name: string): string => lines.find(([key]) => key === name)?.[1] ?? ''
  const groups = lines.filter(([key]) => key === 'impersonate-group').map(([, value]) => value)
  const extra: Record<string, string[]> = {}
  for (const [key, value] of lines) {
    if (!key.startsWith('impersonate-extra-')) continue
    const name = decodeURIComponent(key.slice('impersonate-extra-'.length)).toLowerCase()
    extra[name] = [...(extra[name] ?? []), value]
  }
  const wish: Wish = { name: one('impersonate-user'), uid: one('impersonate-uid'), groups, extra }
  if (wish.name !== '') return wish
  if (wish.groups.length > 0 || wish.uid !== '' || Object.keys(extra).length > 0) {
    const named = groups.map((each) => JSON.stringify(each)).join(', ')
    throw badRequest(
      `requested &user.DefaultInfo{Name:"", UID:${JSON.stringify(wish.uid)}, Groups:[]string{${named}}, Extra:map[string][]string(nil)} without impersonating a user name`,
    )
  }
  return undefined
}

function rawLines(request: IncomingMessage): [string, string][] {
  const lines: [string, string][] = []
  const raw = request.rawHeaders
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const key = (raw[index] ?? '').toLowerCase()
    if (key.startsWith('impersonate-')) lines.push([key, raw[index + 1] ?? ''])
  }
  return lines
}

const accountName = /^system:serviceaccount:([^:]+):([^:]+)$/

function identityQuestions(wish: Wish, by: { verb: string; group: string }): Question[] {
  const base: Question = { ...by, version: 'v1', resource: '', subresource: '', namespace: '', name: '' }
  const account = accountName.exec(wish.name)
  const asked: Question[] = []
  if (account === null) asked.push({ ...base, resource: 'users', name: wish.name })
  else asked.push({ ...base, resource: 'serviceaccounts', namespace: account[1] ?? '', name: account[2] ?? '' })
  for (const name of wish.groups) asked.push({ ...base, resource: 'groups', name })
  const authentication = { ...base, group: 'authentication.k8s.io' }
  if (wish.uid !== '') asked.push({ ...authentication, resource: 'uids', name: wish.uid })
  for (const [key, values] of Object.entries(wish.extra)) {
    for (const name of values) asked.push({ ...authentication, resource: 'userextras', subresource: key, name })
  }
  return asked
}

function becoming(wish: Wish): User {
  const account = accountName.exec(wish.name)
  let groups = wish.groups
  if (account !== null && groups.length === 0) {
    groups = ['system:serviceaccounts', `system:serviceaccounts:${account[1] ?? ''}`]
  }
  const known = groups.includes('system:unauthenticated') || wish.name === anonymous.name
  if (wish.name === anonymous.name) groups = withGroup(groups, 'system:unauthenticated')
  else if (!known) groups = withGroup(groups, 'system:authenticated')
  return { name: wish.name, uid: wish.uid, groups, extra: wish.extra }
}
