import type { ErrorCode } from '../api/error-codes.ts'

/** What happened, and what the reader can do next. A code of the contract without a sentence does not compile. */
export type ErrorSentence = { what: string; next: string }

export const en: Record<ErrorCode, ErrorSentence> = {
  'request.invalid': {
    what: 'The server could not read what was sent.',
    next: 'Check the marked fields. If nothing is marked, reload the page.',
  },
  'request.too_large': {
    what: 'What was sent is larger than the server takes ({{limitBytes}} bytes).',
    next: 'Send less at once.',
  },
  'request.rate_limited': {
    what: 'Too many requests came from this session.',
    next: 'Wait {{retryAfterSeconds}} s, then try again.',
  },
  'access.signed_out': { what: 'You are signed out.', next: 'Sign in to go on.' },
  'access.csrf': {
    what: 'This page was opened under another session.',
    next: 'Reload the page, then try again.',
  },
  'access.forbidden': {
    what: 'You may not {{verb}} {{resource}} in cluster {{cluster}}.',
    next: 'Ask who administers the cluster for this right.',
  },
  'access.read_only': {
    what: 'This console runs in read-only mode.',
    next: 'Plans can be looked at here; nothing can be executed.',
  },
  'access.refused': { what: 'Signing in was refused.', next: 'Check the token or choose another persona.' },
  'hub.unreachable': {
    what: 'The hub cluster cannot be reached, so nothing can be written.',
    next: 'Reading goes on. Try again when the hub answers.',
  },
  'hub.unprepared': {
    what: 'The hub is missing {{missing}}.',
    next: 'Open the start page and prepare the hub.',
  },
  'hub.unread': {
    what: 'The console has just started and is still reading its records of clusters and meshes.',
    next: 'The page fills itself in a moment.',
  },
  'server.draining': { what: 'This server is shutting down.', next: 'Try again in a moment; another one takes over.' },
  'server.failed': {
    what: 'Something failed inside the console.',
    next: 'Try again. If it stays, look for the request id in the server’s log.',
  },
  'clusters.not_found': {
    what: 'There is no cluster {{name}} that you can see.',
    next: 'Go back to the list of clusters.',
  },
  'meshes.not_found': { what: 'There is no mesh {{name}} that you can see.', next: 'Go back to the list of meshes.' },
  'meshes.export_too_large': {
    what: 'The mesh is larger than one export carries ({{limitBytes}} bytes of YAML).',
    next: 'Export with kubectl, namespace by namespace.',
  },
  'security.secret_not_found': {
    what: 'There is no TLS secret {{name}} that you can see.',
    next: 'Go back to the list.',
  },
  'security.secret_unreadable': {
    what: 'The secret could not be read from cluster {{cluster}}: {{message}}',
    next: 'Try again when the cluster answers.',
  },
  'objects.not_found': {
    what: 'There is no object {{name}} that you can see.',
    next: 'Look at the name, or choose another object.',
  },
  'objects.unreadable': {
    what: 'Cluster {{cluster}} did not give the object.',
    next: 'See the cluster’s state, then try again.',
  },
  'objects.no_schema': {
    what: 'The cluster serves no schema for {{name}}.',
    next: 'The editor works without completion; the server’s dry run still checks everything.',
  },
  'history.not_found': { what: 'There is no change {{name}} that you can see.', next: 'Go back to the history.' },
  'history.not_now': {
    what: 'This cannot be done while the change is in phase “{{phase}}”.',
    next: 'Wait for its progress and look again.',
  },
  'plan.invalid': { what: 'No plan can be made of this.', next: 'Correct what is named below.' },
  'plan.outdated': {
    what: 'Something changed since this plan was made.',
    next: 'Look at the new plan, then confirm it.',
  },
  'plan.blocked': { what: 'This plan cannot be executed.', next: 'See the reasons below.' },
  'client.offline': {
    what: 'The console’s server does not answer.',
    next: 'Check your network. What is shown may be old.',
  },
  'client.unreadable': {
    what: 'The server’s answer could not be read.',
    next: 'Reload the page: the console may have been upgraded.',
  },
  'client.crashed': {
    what: 'This part of the page failed.',
    next: 'Try again, or reload the page.',
  },
}
