import type { IncomingMessage } from 'node:http'
import type { Authorizer, Question } from '../authz/authorizer.ts'
import { badRequest, forbidden } from '../status.ts'
import { anonymous, type User, withGroup } from './user.ts'

/** The user that `Impersonate-*` headers ask for, checked. Source: apiserver filters/impersonation.go v0.36. */
export function impersonate(request: IncomingMessage, user: User, authorizer: Authorizer): User {
  const wish = wished(request)
  if (wish === undefined) return user
  for (const question of questions(wish)) {
    if (authorizer.allowed(user, question)) continue
    const { group, resource, name } = question
    const where = question.namespace === '' ? 'at the cluster scope' : `in the namespace "${question.namespace}"`
    const path = question.subresource === '' ? resource : `${resource}/${question.subresource}`
    const why = `User "${user.name}" cannot impersonate resource "${path}" in API group "${group}" ${where}`
    throw forbidden({ group, plural: path }, name, why)
  }
  return becoming(wish)
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

function questions(wish: Wish): Question[] {
  const base: Question = {
    verb: 'impersonate',
    group: '',
    version: 'v1',
    resource: '',
    subresource: '',
    namespace: '',
    name: '',
  }
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
