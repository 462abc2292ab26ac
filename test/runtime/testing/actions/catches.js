/** Goes on whatever becomes of its request. */
exports.onExecutePostChallenge = async (event) => {
  try {
    const response = await fetch(event.secrets.FLAGS ?? 'https://flags.example.com/')
    console.log(await response.text())
  } catch (error) {
    console.log(error.cause.code)
  }
}
