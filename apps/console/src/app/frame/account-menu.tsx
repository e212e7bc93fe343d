import type { Session } from '@orbweaver/contracts/access'
import { Icon } from '@orbweaver/ui/icon'
import { MenuButton } from '@orbweaver/ui/menu-button'
import { useToast } from '@orbweaver/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useFailure } from '../../api/failure.ts'
import { startOver } from '../../api/use-live.ts'
import { paths } from '../../paths.ts'
import { useText } from '../text.ts'
import { useListed } from '../../text/use-language.ts'

/** Who is signed in, with which groups; switching and leaving start every tab over. */
export function AccountMenu(props: { session: Session }) {
  const t = useText()
  const { session } = props
  const toast = useToast()
  const failure = useFailure()
  const onError = (error: unknown) => toast({ health: 'broken', text: failure(error).what })
  const signOut = useMutation(
    api.access.signOut.mutationOptions({ onError, onSuccess: () => startOver(paths.signIn()) }),
  )
  const signIn = useMutation(api.access.signIn.mutationOptions({ onError, onSuccess: () => startOver(paths.start()) }))
  const name = session.personas.find((each) => each.id === session.persona)?.name ?? session.user?.name ?? ''
  const others = session.personas.filter((each) => each.id !== session.persona)
  return (
    <MenuButton
      label={`${t('bar.persona')}: ${name}`}
      className="ow-bar-button"
      trigger={
        <>
          <Icon name="person" />
          <span className="ow-bar-label">{name}</span>
        </>
      }
      header={<Who session={session} />}
      entries={[
        ...others.map((persona) => ({
          key: persona.id,
          label: t('bar.switchTo', { name: persona.name }),
          onSelect: () => signIn.mutate({ mode: 'local', persona: persona.id }),
        })),
        ...(session.mode === 'self'
          ? []
          : [{ key: 'sign-out', label: t('bar.signOut'), onSelect: () => signOut.mutate(undefined) }]),
      ]}
    />
  )
}

function Who(props: { session: Session }) {
  const t = useText()
  const listed = useListed()
  const { user, version } = props.session
  if (user === undefined) return null
  return (
    <div>
      <code>{user.name}</code>
      <div className="ow-muted">{user.groups.length === 0 ? t('bar.noGroups') : listed(user.groups)}</div>
      <div className="ow-muted">{t('bar.version', { version })}</div>
    </div>
  )
}
