/** Code → what is wrong, and what can be done. */
export const problems: Readonly<Record<string, string>> = {
  'network.unreachable':
    'The platform cannot be reached. Check the network, then try again: nothing is sent twice.',
  'internal.error': 'Something went wrong on our side; nothing was done. Try again in a moment.',
  'session.missing': 'Sign in first.',
  'sign-in.refused': 'Login or password is wrong.',
  'sign-in.too-many': 'Too many attempts. Try again in a minute.',
  'access.denied': 'Your role does not allow this.',
  'tender.unknown': 'There is no such tender, or it is not open to you.',
  'route.unknown': 'There is no such address.',
};
