// shows a prompt and reads what comes back
exports.onExecutePostChallenge = async (event, api) => {
  api.prompt.render('verify-code', {
    fields: { title: `Hello ${event.user.given_name}`, when: new Date(0), skip: undefined },
    vars: { attempts: 0, list: [1, { two: 2 }] },
  });
};
exports.onContinuePostChallenge = async (event, api) => {
  const { id, fields, vars } = event.prompt;
  console.log(id, fields, vars);
  if (fields.code !== '654321') api.prompt.render(id, { vars: { ...vars, attempts: vars.attempts + 1 } });
};
